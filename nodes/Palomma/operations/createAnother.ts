import type { Create } from './createUnlessThere';
import type { Plan } from './operation';

/**
 * One entry for each item, without looking for others: exactly one `POST`, repeated only if the one before
 * certainly had no effect.
 */
export function planToCreate<Body>({ read, create, messages }: Create<Body>): Plan<Body> {
	return {
		unknownEffect: `${messages.unknownEffect}: look for it in Palomma before you run this item again, or you may create it twice.`,
		trace: {
			title: messages.traceTitle,
			advice: 'Leave these items out when you run the workflow again, or they are created twice.',
		},
		prepare: read,
		async perform(body, client) {
			const entry = await client.send(create(body));
			return { results: [entry], createdId: entry['id'] as string };
		},
	};
}
