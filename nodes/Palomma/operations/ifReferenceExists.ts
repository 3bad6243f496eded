import { choice } from './fields/choice';
import type { Setting } from './fields/field';
import type { Resource } from './operation';

/** What to do with an item whose reference Palomma knows already. */
export type IfThere = 'returnExisting' | 'skip' | 'fail';

/** What to do about an entry that is there: to create another one, or not to. */
export type IfReferenceExists = IfThere | 'createAnother';

const labels: Record<IfReferenceExists, string> = {
	createAnother: 'Create Another',
	returnExisting: 'Return Existing',
	skip: 'Skip',
	fail: 'Fail',
};

/** What an item without a reference has to do about it, if references are looked up. */
export const whyReference =
	'Fill in Reference: it is what If Reference Exists looks for. Or set If Reference Exists to Create Another.';

/** Shown below the field where the usual choice is Create Another. */
const toRunItAgain = 'Return Existing: safe to run again. Create Another: another one every run.';

/** The field *If Reference Exists* of a create. */
export function ifReferenceExistsOf(
	{ one }: Resource,
	usual: IfReferenceExists = 'createAnother',
): Setting<IfReferenceExists> {
	return choice(
		{
			displayName: 'If Reference Exists',
			name: 'ifReferenceExists',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: labels.createAnother,
					value: 'createAnother',
					description: `Create a ${one} in any case, without looking`,
				},
				{
					name: labels.returnExisting,
					value: 'returnExisting',
					description: `Hand on the ${one} that has this reference: safe to run again. The choice for a sync.`,
				},
				{
					name: labels.skip,
					value: 'skip',
					description: 'Create nothing and hand on nothing for this item',
				},
				{
					name: labels.fail,
					value: 'fail',
					description: 'Treat the item as failed',
				},
			],
			default: usual,
			...(usual === 'createAnother' && { hint: toRunItAgain }),
			description: `What to do when Palomma already has a ${one} with this reference. All but Create Another look for the reference first, so every item needs one.`,
		},
		labels,
	);
}
