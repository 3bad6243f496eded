import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { readList } from '../transport/paging';
import type { Resource } from './operation';
import { listOf } from './requests';

/** An entry that has a reference. */
export interface Found {
	entry: IDataObject;
	/** Whether younger ones have it, too. */
	isOldestOfMany?: boolean;
}

/**
 * Looks for the oldest entry that has a reference.
 *
 * @param forCertainty whether it tells what became of a request: it is asked although the run stops
 * @throws RequestFailure
 */
export type Find = (
	client: Client,
	reference: string,
	forCertainty?: boolean,
) => Promise<Found | undefined>;

/** Finds entries of a resource by their reference. */
export function findByReference(resource: Resource): Find {
	return async (client, reference, forCertainty = false) => {
		const list = await readList(client, { ...listOf(resource, { reference }), forCertainty });
		// Another filter than asked for, or none, must never pass for an entry that is there.
		const [entry, ...others] = list
			.filter((each) => each['reference'] === reference)
			.sort((a, b) => timeOf(a) - timeOf(b));
		return entry && { entry, isOldestOfMany: others.length > 0 };
	};
}

/** When an entry was created; one that does not say so counts as the youngest. */
function timeOf({ createdAt }: IDataObject): number {
	const time = typeof createdAt === 'string' ? Date.parse(createdAt) : NaN;
	return Number.isNaN(time) ? Infinity : time;
}
