import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters, Operation, RunParameters } from '../operation';
import {
	optionalText,
	requiredEmail,
	requiredNumber,
	requiredOption,
	requiredText,
} from '../values';
import { cleanDocumentNumber, cleanPhoneNumber } from './cleanUp';
import { planToCreate } from './createAnother';
import { planToCreateUnlessThere, type IfThere } from './createUnlessThere';
import { customerFields, documentTypeLabels, type NewCustomer } from './fields';
import { noEffect } from './words';

const data: INodeProperties = {
	displayName: 'Data',
	name: 'data',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Define Below',
			value: 'defineBelow',
			description: 'Set the value of each field here',
		},
		{
			name: 'Take From Input',
			value: 'takeFromInput',
			description:
				'Use the properties of the incoming item that are named name, documentType, documentNumber, email, phoneNumber and reference',
		},
	],
	default: 'defineBelow',
	description: 'Where the values of the customer come from',
};

const ifReferenceExistsLabels: Record<IfThere | 'createAnother', string> = {
	createAnother: 'Create Another',
	returnExisting: 'Return Existing',
	skip: 'Skip',
	fail: 'Fail',
};

const ifReferenceExists: INodeProperties = {
	displayName: 'If Reference Exists',
	name: 'ifReferenceExists',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: ifReferenceExistsLabels.createAnother,
			value: 'createAnother',
			description: 'Create a customer in any case, without looking',
		},
		{
			name: ifReferenceExistsLabels.returnExisting,
			value: 'returnExisting',
			description: 'Hand on the customer that has this reference. The choice for a sync.',
		},
		{
			name: ifReferenceExistsLabels.skip,
			value: 'skip',
			description: 'Create nothing and hand on nothing for this item',
		},
		{
			name: ifReferenceExistsLabels.fail,
			value: 'fail',
			description: 'Treat the item as failed',
		},
	],
	default: 'createAnother',
	description:
		'What to do when Palomma already has a customer with this reference. All but Create Another look for the reference first, so every item needs one.',
};

/** `POST /customers`: one new customer for each item, or the one that has its reference already. */
export const createCustomer: Operation = {
	value: 'create',
	name: 'Create',
	action: 'Create customer for payments',
	description: 'Add a person or company that pays you, or that you pay, through Palomma',
	noEffect,
	fields: [
		data,
		...Object.values(customerFields).map((field) => ({
			...field,
			displayOptions: { show: { data: ['defineBelow'] } },
		})),
		ifReferenceExists,
	],
	plan(parameters) {
		const read = bodyReader(parameters);
		const mode = requiredOption(parameters.read(ifReferenceExists), ifReferenceExistsLabels);
		return mode === 'createAnother' ? planToCreate(read) : planToCreateUnlessThere(read, mode);
	},
};

/** It stands among the options (options.ts). */
const cleanUpValues: INodeProperties = {
	displayName: 'Clean Up Values',
	name: 'options.cleanUpValues',
	type: 'boolean',
	default: false,
};

/** Turns the parameters of one item into the body of its request. */
type ReadBody = (parameters: ItemParameters) => NewCustomer;

function bodyReader({ read: readSetting }: RunParameters): ReadBody {
	const cleanUp = readSetting(cleanUpValues).value === true;
	const source = requiredOption(readSetting(data), {
		defineBelow: 'Define Below',
		takeFromInput: 'Take From Input',
	});
	return (parameters) => {
		const read = source === 'takeFromInput' ? parameters.readInput : parameters.read;
		const fields = customerFields;
		const ownId = optionalText(read(fields.reference));
		const kind = requiredOption(read(fields.documentType), documentTypeLabels);
		const documentNumber = requiredNumber(read(fields.documentNumber));
		const phoneNumber = requiredNumber(read(fields.phoneNumber));
		return {
			name: requiredText(read(fields.name)),
			documentType: kind,
			documentNumber: cleanUp ? cleanDocumentNumber(documentNumber, kind) : documentNumber,
			email: requiredEmail(read(fields.email)),
			phoneNumber: cleanUp ? cleanPhoneNumber(phoneNumber) : phoneNumber,
			...(ownId !== undefined && { reference: ownId }),
		};
	};
}
