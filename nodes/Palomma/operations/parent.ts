import type { INodeProperties } from 'n8n-workflow';

import type { Give } from './fields/field';
import { locatorOf } from './locator';
import type { Resource } from './operation';

/** The field that names the entry to which a resource's lists belong. */
export interface ParentField {
	fields: INodeProperties[];
	/**
	 * @returns its ID; undefined for a resource that has one list only
	 * @throws ValueProblem
	 */
	read(give: Give): string | undefined;
}

export function parentOf({ parent, many }: Resource): ParentField {
	if (parent === undefined) return { fields: [], read: () => undefined };
	const locator = locatorOf(parent, { description: `The ${parent.one} whose ${many} you want` });
	return {
		fields: [locator.property],
		read(give) {
			const ref = locator.read(give(locator.property));
			// A resource that has lists of another one has no references.
			return (ref as { id: string }).id;
		},
	};
}
