import type { ItemParameters, Plan } from '../operation';
import type { NewCustomer } from './fields';
import { creationOf } from './requests';
import { traceTitle } from './words';

/**
 * One customer for each item, without looking for others: exactly one `POST /customers`, repeated only if the
 * one before certainly had no effect.
 */
export function planToCreate(read: (parameters: ItemParameters) => NewCustomer): Plan<NewCustomer> {
	return {
		unknownEffect:
			'The customer may or may not have been created: look for it in Palomma before you run this item again, or you may create it twice.',
		trace: {
			title: traceTitle,
			advice: 'Leave these items out when you run the workflow again, or they are created twice.',
		},
		prepare: read,
		async perform(body, client) {
			const customer = await client.send(creationOf(body));
			return { results: [customer], createdId: customer['id'] as string };
		},
	};
}
