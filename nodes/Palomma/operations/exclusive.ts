import type { IDataObject } from 'n8n-workflow';

import type { Client } from '../transport/client';
import { KeyedMutex } from '../transport/keyedMutex';
import { RequestFailure } from '../transport/requestFailure';
import { retryPolicy } from '../transport/retryPolicy';
import { Recent } from './recent';

/**
 * Looking a reference up and creating what is not there are one piece of work, for all executions in this process:
 * two of them would otherwise both find nothing.
 */
const references = new KeyedMutex();

/** What was created, by account, resource and reference. */
export const created = new Recent<IDataObject>();

/** References of which it is, or was, not known what became of a payment. */
export const doubts = new Recent<true>();

/** Stands for a reference in all executions. */
export function keyFor({ account }: Client, many: string, reference: string): string {
	return JSON.stringify([account, many, reference]);
}

/**
 * Does the work for a reference while nobody else in this process does any for it.
 *
 * @param patience milliseconds to wait for others; by default, as long as a request may be repeated
 * @throws RequestFailure if others take longer; what `work` throws
 */
export async function runExclusive<Result>(
	{ key, client, movesMoney }: { key: string; client: Client; movesMoney: boolean },
	work: () => Promise<Result>,
	patience?: number,
): Promise<Result> {
	return await references.runExclusive(key, {
		async waitFor(end) {
			if (!(await client.waitFor(end, patience))) throw busy();
		},
		work,
		keepAfter(error) {
			if (!(error instanceof RequestFailure) || error.effect !== 'unknown') return 0;
			if (movesMoney) doubts.set(key, true);
			// It is not certain what became of the request: nobody must look for a while.
			return retryPolicy.settle;
		},
	});
}

/**
 * Whoever was under way when it became unknown what had become of a payment does not send another one, in no try: that
 * is for a run that somebody starts afterwards.
 *
 * @param since when the execution began to run the node, in the milliseconds of now(); -Infinity for any doubt that is remembered
 * @throws RequestFailure
 */
export function throwIfInDoubt(key: string, since: number): void {
	const doubt = doubts.get(key);
	if (doubt !== undefined && doubt.at >= since) throw unsettled();
}

function unsettled(): RequestFailure {
	return new RequestFailure(
		'This item was not sent: it is not known yet what became of an earlier request with this reference',
		'Wait a minute and run this item again: its reference is looked up first. In a tool, a person has to look for it.',
		{ effect: 'none', isUnsent: true },
	);
}

function busy(): RequestFailure {
	return new RequestFailure(
		'This item was not sent: another execution is busy with this reference',
		'Run this item again once the other execution has ended.',
		{ effect: 'none', isUnsent: true },
	);
}
