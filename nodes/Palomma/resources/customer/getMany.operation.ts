import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readList, type ListRequest } from '../../transport/paging';
import type { Operation, Plan } from '../operation';
import { numberIn, requiredText, ValueProblem } from '../values';
import { customerFields } from './fields';
import { listOf } from './requests';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	displayOptions: { show: { returnAll: [false] } },
	description: 'Max number of results to return',
};

const reference: INodeProperties = {
	...customerFields.reference,
	description: 'Only customers that were created with exactly this reference',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	options: [reference],
	description: 'Which customers to list; all, if there is no filter',
};

/** `GET /customers`, page after page: the customers that a merchant has. */
export const getManyCustomers: Operation = {
	value: 'getMany',
	name: 'Get Many',
	action: 'Get many customers',
	description: 'List customers, all of them or those with a reference',
	fields: [returnAll, limit, filters],
	noEffect: '',
	plan(): Plan<ListRequest> {
		return {
			prepare({ read }) {
				const wantsAll = read(returnAll).value === true;
				const list = listOf(queryOf(read(filters).value));
				return wantsAll ? list : { ...list, limit: wholeNumber(read(limit)) };
			},
			async perform(list, client) {
				return { results: await readList(client, list) };
			},
		};
	},
};

/** A filter that is there, but has no value, is a mistake: without it, the answer would be everybody. */
function queryOf(filterValues: unknown): { reference?: string } {
	const given = Object(filterValues) as IDataObject;
	if (!('reference' in given)) return {};
	return {
		reference: requiredText({
			label: reference.displayName,
			value: given['reference'],
			ifMissing: 'Give the filter a value. To list all customers, remove the filter.',
		}),
	};
}

function wholeNumber({ label, value }: { label: string; value: unknown }): number {
	const number = numberIn(value);
	if (number !== undefined && Number.isInteger(number) && number >= 1) return number;
	throw new ValueProblem(
		`${label} is not a whole number from 1 on`,
		`Type a number such as 50, or switch Return All on.`,
	);
}
