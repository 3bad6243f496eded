import type { components } from '../../../../openapi/palomma';
import { choice, optionsOf } from '../../operations/fields/choice';
import { emailAddress } from '../../operations/fields/email';
import type { FieldsOf } from '../../operations/fields/field';
import { identifyingNumber } from '../../operations/fields/identifyingNumber';
import { referenceOf } from '../../operations/fields/reference';
import { requiredText } from '../../operations/fields/text';
import { cleanDocumentNumber, cleanPhoneNumber } from './cleanUp';

/** The body of `POST /customers`. */
export type NewCustomer = components['schemas']['NewCustomer'];

export type DocumentType = NewCustomer['documentType'];

/** Labels of the kinds of documents, by their value in the API. */
const documentTypeLabels: Record<DocumentType, string> = {
	cc: 'Cédula de Ciudadanía',
	ce: 'Cédula de Extranjería',
	nit: 'NIT',
};

/** The fields of a new customer: those of the API, one to one. */
export const customerFields: FieldsOf<NewCustomer> = {
	name: requiredText(
		{
			displayName: 'Name',
			name: 'name',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. Ana María Gómez',
			description: 'First and last name of a person, or the company name for a company',
		},
		500,
	),
	documentType: choice(
		{
			displayName: 'Document Type',
			name: 'documentType',
			type: 'options',
			options: optionsOf(documentTypeLabels),
			default: 'cc',
			required: true,
			description:
				'Kind of Colombian identity document: cc (Cédula de Ciudadanía, citizens), ce (Cédula de Extranjería, foreign residents) or nit (NIT, companies). A value mapped from a previous step may be in capitals.',
		},
		documentTypeLabels,
	),
	documentNumber: identifyingNumber(
		{
			displayName: 'Document Number',
			name: 'documentNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 1037551022',
			hint: 'Without points and spaces: 1037551022',
			description: 'Number of the identity document, for a company its NIT',
		},
		100,
		{
			// Of an unknown kind, no more is to be said than that it is unknown.
			mayHaveLetters: ({ documentType }) => documentType === 'ce' || documentType === undefined,
			cleanUp: (number, { documentType }) =>
				documentType === undefined
					? number
					: cleanDocumentNumber(number, documentType as DocumentType),
		},
	),
	email: emailAddress(
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. name@email.com',
			description: 'E-mail address of the person or company',
		},
		320,
	),
	phoneNumber: identifyingNumber(
		{
			displayName: 'Phone Number',
			name: 'phoneNumber',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3013111111',
			hint: 'Without spaces and +57: 3013111111',
			description:
				'Phone number of the person or company, as Palomma shows it: 10 digits without +57',
		},
		100,
		{ cleanUp: cleanPhoneNumber },
	),
	reference: referenceOf(
		"Your own ID for the customer, for example the contact's ID in your CRM. You can use it to find the customer later. Leave empty to send none.",
		'crm-1042',
	),
};
