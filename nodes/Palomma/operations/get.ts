import type { IDataObject } from 'n8n-workflow';

import { EntryFinder, type EntryRef } from './entryRef';
import { locatorOf } from './locator';
import { actionOf } from './messages';
import type { Operation, Plan, Resource } from './operation';
import { parentOf } from './parent';
import { requestFor } from './requests';
import { withMeaning } from './statusMeaning';
import { ProblemCollector } from './valueProblem';

/** The entry with an ID, or with a reference. */
export function get(resource: Resource): Operation {
	const { one, hasReference = true } = resource;
	const locator = locatorOf(resource, {
		description: hasReference
			? `The ${one} to get: from a list, by the ID that Palomma gave it, or by your own reference`
			: `The ${one} to get, from a list or by the ID that Palomma gave it`,
	});
	const parent = parentOf(resource);
	return {
		value: 'get',
		name: 'Get',
		action: actionOf('Get a', one, resource),
		description: `Look up one ${one} by its ID in Palomma${hasReference ? ' or by your reference' : ''}`,
		fields: [...parent.fields, locator.property],
		options: [],
		noEffect: '',
		plan(): Plan<{ ref: EntryRef; parentId: string | undefined }> {
			const finder = new EntryFinder(resource);
			return {
				prepare({ read }) {
					const problems = new ProblemCollector();
					const parentId = problems.attempt(() => parent.read(read));
					const ref = problems.attempt(() => locator.read(read(locator.property)));
					problems.throwIfAny();
					return { ref: ref as EntryRef, parentId };
				},
				start(prepared, { concurrency }) {
					finder.expect(
						prepared.map(({ ref }) => ref),
						concurrency,
					);
				},
				async perform({ ref, parentId }, client) {
					const entry: IDataObject =
						'id' in ref
							? await client.send(requestFor(resource, ref.id, parentId))
							: await finder.entryOf(client, ref.reference);
					return { results: [withMeaning(entry)] };
				},
			};
		},
	};
}
