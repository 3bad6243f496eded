import type { IDataObject } from 'n8n-workflow';

import { createdOutcome } from './createdOutcome';
import type { NewEntry } from './newEntry';
import type { Plan } from './operation';

/**
 * One entry for each item, without looking for others: exactly one `POST`, repeated only if the one before
 * certainly had no effect.
 */
export function planToCreate(create: NewEntry): Plan<IDataObject> {
	const { one, unknownEffect, traceTitle } = create.messages;
	return {
		unknownEffect: () =>
			`${unknownEffect}: look for it in Palomma before you run this item again, or you may create it twice.`,
		trace: {
			title: traceTitle,
			advice: 'Leave these items out when you run the workflow again, or they are created twice.',
		},
		prepare: create.read,
		start: create.start,
		async perform(draft, client) {
			const body = await create.resolve(draft, client);
			return createdOutcome(one, await client.send(create.request(body)), body);
		},
	};
}
