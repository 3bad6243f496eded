import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../transport/client';
import type { ListRequest } from '../transport/paging';
import type { Resource } from './operation';

/** How an entry of a resource is told from any other answer. */
const entryOf = ({ one }: Resource): ApiRequest['expects'] => ({
	what: `a ${one}`,
	matches: ({ id }) => typeof id === 'string' && id !== '',
});

/** `POST` to the list: one more entry. */
export function creationOf(resource: Resource, body: object): ApiRequest {
	return {
		method: 'POST',
		path: resource.path,
		body: { ...body },
		expects: entryOf(resource),
	};
}

/** `GET` of one entry. */
export function requestFor(resource: Resource, id: string): ApiRequest {
	const { one, path } = resource;
	// Whoever maps the wrong property may have mapped a document number: that is not repeated.
	const named = /[A-Za-z]/.test(id) ? ` ${id}` : '';
	return {
		method: 'GET',
		path: `${path}/${encodeURIComponent(id)}`,
		expects: entryOf(resource),
		notFound: {
			message: `Palomma has no ${one} with the ID${named || ' given'}`,
			advice: `Check the ID, and that the credential is for the environment in which the ${one} was created.`,
		},
	};
}

/** `GET` of the list, as a whole or filtered. */
export function listOf({ many, path }: Resource, filters: IDataObject = {}): ListRequest {
	return {
		what: many,
		path,
		...(Object.keys(filters).length > 0 && { query: filters }),
	};
}
