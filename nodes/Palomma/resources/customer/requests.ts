import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../../transport/client';
import type { ListRequest } from '../../transport/paging';
import type { NewCustomer } from './fields';

/** How a customer is told from any other answer. */
const aCustomer = {
	what: 'a customer',
	matches: ({ id }: IDataObject) => typeof id === 'string' && id !== '',
};

/** `POST /customers`. */
export function creationOf(body: NewCustomer): ApiRequest {
	return { method: 'POST', path: '/customers', body: { ...body }, expects: aCustomer };
}

/** `GET /customers/{customerId}`. */
export function requestFor(id: string): ApiRequest {
	// Whoever maps the wrong property may have mapped a document number: that is not repeated.
	const named = /[A-Za-z]/.test(id) ? ` ${id}` : '';
	return {
		method: 'GET',
		path: `/customers/${encodeURIComponent(id)}`,
		expects: aCustomer,
		notFound: {
			message: `Palomma has no customer with the ID${named || ' given'}`,
			advice:
				'Check the ID, and that the credential is for the environment in which the customer was created.',
		},
	};
}

/** `GET /customers`, as a whole or with a reference only. */
export function listOf({ reference }: { reference?: string | undefined } = {}): ListRequest {
	return {
		what: 'customers',
		path: '/customers',
		...(reference !== undefined && { query: { reference } }),
	};
}
