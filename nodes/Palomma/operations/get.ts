import { locatorOf } from './locator';
import type { Operation, Plan, Resource } from './operation';
import { requestFor } from './requests';

/** The entry with an ID. */
export function get(resource: Resource): Operation {
	const { one } = resource;
	const id = locatorOf(
		resource,
		`The ${one} to get, from a list or by the ID that Palomma gave it`,
	);
	return {
		value: 'get',
		name: 'Get',
		action: `Get a ${one}`,
		description: `Look up one ${one} by its ID in Palomma`,
		fields: [id.property],
		options: [],
		noEffect: '',
		plan(): Plan<string> {
			return {
				prepare: ({ read }) => id.read(read(id.property)),
				async perform(given, client) {
					return { results: [await client.send(requestFor(resource, given))] };
				},
			};
		},
	};
}
