import type { components } from '../../openapi/palomma';

type Schemas = components['schemas'];

/** The lists, and what the contract calls one of their entries. */
const schemaOf = {
	customers: 'Customer',
	payinLinks: 'PayinLink',
	payinSources: 'PayinSource',
	payinRequests: 'PayinRequest',
	payoutTargets: 'PayoutTarget',
	payoutRequests: 'PayoutRequest',
	merchantAccounts: 'MerchantAccount',
	payinSettlements: 'PayinSettlement',
} as const satisfies Record<string, keyof Schemas>;

type SchemaOf = typeof schemaOf;
export type ListName = keyof SchemaOf;

/** What Palomma keeps, by the name of its list. */
export type Entries = { [Name in ListName]: Schemas[SchemaOf[Name]] & { id: string } };

/** The lists that the contract has a create for. */
export type CreatableName = {
	[Name in ListName]: `New${SchemaOf[Name]}` extends keyof Schemas ? Name : never;
}[ListName];

/** What the creates take. */
export type Bodies = {
	[Name in CreatableName]: Schemas[Extract<`New${SchemaOf[Name]}`, keyof Schemas>];
};

export const listNames = Object.keys(schemaOf) as ListName[];

/** What the contract calls one entry of a list, and the parameter with its ID. */
export function namesOf(list: ListName): { one: string; id: string } {
	const one = schemaOf[list];
	return { one, id: `${one.charAt(0).toLowerCase()}${one.slice(1)}Id` };
}

type Given<Values> = {
	[Name in keyof Values as undefined extends Values[Name] ? never : Name]: Values[Name];
} & { [Name in keyof Values]?: Exclude<Values[Name], undefined> };

/** The values without those that are undefined: Palomma leaves out what was not given. */
export function given<Values extends object>(values: Values): Given<Values> {
	const entries = Object.entries(values).filter(([, value]) => value !== undefined);
	return Object.fromEntries(entries) as Given<Values>;
}
