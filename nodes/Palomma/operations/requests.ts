import type { IDataObject } from 'n8n-workflow';

import type { ApiRequest } from '../transport/client';
import type { ListRequest } from '../transport/paging';
import type { Resource } from './operation';

/** How an entry of a resource is told from any other answer. */
const isEntryOf = ({ one }: Resource): ApiRequest['expects'] => ({
	what: `a ${one}`,
	matches: ({ id }) => typeof id === 'string' && id !== '',
});

/** Where the list of a resource is; with the ID of its parent in it, if it has one. */
function pathOf({ path }: Resource, parentId = ''): string {
	return path.replace(/\{\w+\}/, encodeURIComponent(parentId));
}

/** `POST` to the list: one more entry. */
export function creationOf(resource: Resource, body: object): ApiRequest {
	return {
		method: 'POST',
		path: pathOf(resource),
		body: { ...body },
		expects: isEntryOf(resource),
	};
}

/** `GET` of one entry. */
export function requestFor(resource: Resource, id: string, parentId?: string): ApiRequest {
	const { one, parent } = resource;
	const within = parent === undefined ? '' : `, that it belongs to that ${parent.one}`;
	// Whoever maps the wrong property may have mapped a document number: that is not repeated.
	const named = /[A-Za-z]/.test(id) ? ` ${id}` : '';
	return {
		method: 'GET',
		path: `${pathOf(resource, parentId)}/${encodeURIComponent(id)}`,
		expects: isEntryOf(resource),
		notFound: {
			message: `Palomma has no ${one} with the ID${named || ' given'}`,
			advice: `Check the ID${within}, and that the credential is for the environment in which the ${one} was created.`,
		},
	};
}

/** `GET` of the list, as a whole or filtered. */
export function listOf(
	resource: Resource,
	{ filters = {}, parentId }: { filters?: IDataObject; parentId?: string | undefined } = {},
): ListRequest {
	const { many, parent } = resource;
	return {
		what: many,
		path: pathOf(resource, parentId),
		...(Object.keys(filters).length > 0 && { query: filters }),
		...(parent !== undefined && {
			notFound: {
				message: `Palomma has no ${parent.one} with the ID given`,
				advice: `Check the ID of the ${parent.one}, and that the credential is for its environment.`,
			},
		}),
	};
}
