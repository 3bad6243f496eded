import type { IDataObject } from 'n8n-workflow';

import { readList } from '../transport/paging';
import type { Find } from './createUnlessThere';
import type { Resource } from './operation';
import { listOf } from './requests';

/** Finds the entries of a resource that have a reference, the oldest one first. */
export function findByReference(resource: Resource): Find {
	return async (client, reference, evenIfStopping = false) => {
		const list = await readList(client, {
			...listOf(resource, { reference }),
			evenIfStopping,
		});
		return (
			list
				// Another filter than asked for, or none, must never pass for an entry that is there.
				.filter((entry) => entry['reference'] === reference)
				.sort((a, b) => timeOf(a) - timeOf(b))
		);
	};
}

/** When an entry was created; one that does not say so counts as the youngest. */
function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}
