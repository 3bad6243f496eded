import type { INodeProperties } from 'n8n-workflow';

import type { components } from '../../../../openapi/palomma';
import type { Operation } from '../operation';
import {
	optionalText,
	requiredEmail,
	requiredNumber,
	requiredOption,
	requiredText,
} from '../values';

type NewCustomer = components['schemas']['NewCustomer'];

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Ana María Gómez',
	description: 'First and last name of a person, or the company name for a company',
};

const documentTypeLabels: Record<NewCustomer['documentType'], string> = {
	cc: 'Cédula de Ciudadanía',
	ce: 'Cédula de Extranjería',
	nit: 'NIT',
};

const documentType: INodeProperties = {
	displayName: 'Document Type',
	name: 'documentType',
	type: 'options',
	options: Object.entries(documentTypeLabels).map(([value, name]) => ({ name, value })),
	default: 'cc',
	required: true,
	description:
		'Kind of Colombian identity document: cc (Cédula de Ciudadanía, citizens), ce (Cédula de Extranjería, foreign residents) or nit (NIT, companies). A value mapped from a previous step may be in capitals.',
};

const documentNumber: INodeProperties = {
	displayName: 'Document Number',
	name: 'documentNumber',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 1037551022',
	description: 'Number of the identity document, for a company its NIT',
};

const email: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. name@email.com',
	description: 'E-mail address of the person or company',
};

const phoneNumber: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 3013111111',
	description: 'Phone number of the person or company, as Palomma shows it: 10 digits without +57',
};

const reference: INodeProperties = {
	displayName: 'Reference',
	name: 'reference',
	type: 'string',
	default: '',
	placeholder: 'e.g. crm-1042',
	description:
		"Your own ID for the customer, for example the contact's ID in your CRM. You can use it to find the customer later. Leave empty to send none.",
};

/** `POST /customers`: one new customer for each item. */
export const createCustomer: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create customer for payments',
	description: 'Add a person or company that pays you, or that you pay, through Palomma',
	fields: [name, documentType, documentNumber, email, phoneNumber, reference],
	effects: {
		none: 'No customer was created for this item.',
		unknown:
			'The customer may or may not have been created: look for it in Palomma before you run this item again, or you may create it twice.',
	},
	trace: {
		title: 'Customers were created for',
		advice: 'Leave these items out when you run the workflow again, or they are created twice.',
		idOf: ({ id }) => id as string,
	},
	prepare({ read }) {
		const ownId = optionalText(read(reference));
		const body: NewCustomer = {
			name: requiredText(read(name)),
			documentType: requiredOption(read(documentType), documentTypeLabels),
			documentNumber: requiredNumber(read(documentNumber)),
			email: requiredEmail(read(email)),
			phoneNumber: requiredNumber(read(phoneNumber)),
			...(ownId !== undefined && { reference: ownId }),
		};
		return {
			method: 'POST',
			path: '/customers',
			body: { ...body },
			expects: { what: 'a customer', matches: ({ id }) => typeof id === 'string' && id !== '' },
		};
	},
	async perform(request, client) {
		return [await client.send(request)];
	},
};
