import type { IDataObject } from 'n8n-workflow';

import { RequestFailure } from '../transport/requestFailure';
import { textFrom } from './formatting';
import { withMeaning } from './statusMeaning';
import type { Outcome } from './operation';

/**
 * What an item has come to for which an entry was created. If Palomma shows another reference than it was sent, no
 * look-up would ever find the entry: the item says so, and nothing more is sent.
 *
 * @param mustShow whether an answer without any reference is as bad
 */
export function createdOutcome(
	one: string,
	entry: IDataObject,
	body: IDataObject,
	{ mustShow = false, ...more }: IDataObject & { mustShow?: boolean } = {},
): Outcome {
	const { reference: shown } = entry;
	const { reference: sent } = body;
	const createdId = entry['id'] as string;
	const isKept = shown === undefined || shown === null ? !mustShow : textFrom(shown) === sent;
	if (sent === undefined || isKept)
		return { results: [{ ...more, ...withMeaning(entry) }], createdId };
	const failure = new RequestFailure(
		textFrom(shown) === ''
			? `Palomma answered with a ${one} (${createdId}) that has no reference`
			: `Palomma answered with a ${one} (${createdId}) that has another reference than it was sent`,
		'Looking for the reference would not find it, so nothing more was sent. Do not run this item again, or it may be created twice. Palomma may have shortened or rewritten the reference: use short ones of letters, digits and hyphens. Or it has given back one that was there before.',
		{ effect: 'told', isAnswer: true },
	);
	return { results: [], createdId, failure };
}
