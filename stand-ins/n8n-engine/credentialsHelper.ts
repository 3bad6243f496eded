import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type INodeCredentialsDetails,
} from 'n8n-workflow';

/** Where n8n's server would look up the type of a credential. */
export type CredentialTypes = (name: string) => ICredentialType;

/** Plays the part of n8n's credential store: one decrypted credential for each type, kept in memory. */
export class CredentialsInMemory extends ICredentialsHelper {
	constructor(
		private readonly typeOf: CredentialTypes,
		private readonly credentials: Record<string, ICredentialDataDecryptedObject>,
	) {
		super();
	}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate !== 'function') {
			throw new Error(`Credential type ${typeName} does not authenticate by a function`);
		}
		return await authenticate(credentials, requestOptions);
	}

	override async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	override async getCredentials(): Promise<ICredentials> {
		throw new Error('Stored credentials are not there outside n8n');
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const credential = this.credentials[type];
		if (credential === undefined) throw new Error(`There is no credential of type ${type}`);
		return { ...credential };
	}

	override async updateCredentials(): Promise<void> {}

	override async updateCredentialsOauthTokenData(): Promise<void> {}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.typeOf(type).properties;
	}
}
