import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { createdOutcome } from './createdOutcome';
import { created, keyFor, runExclusive } from './exclusive';
import { findOrLeaveOut } from './messages';
import type { NewEntry } from './newEntry';
import type { Outcome, Plan } from './operation';

/**
 * One entry for each item, without looking for others: exactly one `POST`, repeated only if the one before
 * certainly had no effect.
 */
export function planToCreate(create: NewEntry): Plan<IDataObject> {
	const { movesMoney } = create;
	const { one, many, unknownEffect, traceTitle } = create.messages;

	/** Others that look for the reference wait for it, and find it, whatever the list shows. */
	async function pay(body: IDataObject, reference: string, client: Client): Promise<Outcome> {
		const key = keyFor(client, many, reference);
		return await runExclusive({ key, client, movesMoney }, async () => {
			const entry = await client.send(create.request(body));
			created.set(key, entry);
			return createdOutcome(one, entry, body);
		});
	}

	return {
		unknownEffect: () =>
			`${unknownEffect}: look for it in Palomma before you run this item again, or you may create it twice.`,
		trace: { title: traceTitle, advice: findOrLeaveOut },
		prepare: create.read,
		start: create.start,
		async perform(draft, client) {
			const body = await create.resolve(draft, client);
			const { reference } = body;
			if (movesMoney && typeof reference === 'string') return await pay(body, reference, client);
			return createdOutcome(one, await client.send(create.request(body)), body);
		},
	};
}
