import type { INodeProperties } from 'n8n-workflow';

import type { components } from '../../../../openapi/palomma';

/** The body of `POST /customers`. */
export type NewCustomer = components['schemas']['NewCustomer'];

const name: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. Ana María Gómez',
	description: 'First and last name of a person, or the company name for a company',
};

/** Labels of the kinds of documents, by their value in the API. */
export const documentTypeLabels: Record<NewCustomer['documentType'], string> = {
	cc: 'Cédula de Ciudadanía',
	ce: 'Cédula de Extranjería',
	nit: 'NIT',
};

const documentType: INodeProperties = {
	displayName: 'Document Type',
	name: 'documentType',
	type: 'options',
	options: Object.entries(documentTypeLabels).map(([value, label]) => ({ name: label, value })),
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

/** The fields of a new customer: those of the API, one to one. */
export const customerFields = {
	name,
	documentType,
	documentNumber,
	email,
	phoneNumber,
	reference,
};
