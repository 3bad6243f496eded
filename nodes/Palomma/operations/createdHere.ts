import type { IDataObject } from 'n8n-workflow';

import { now } from '../transport/clock';

/** Milliseconds. */
const remembered = 3_600_000;

/** What this process has created in the last hour, by account, resource and reference: a list may not show it yet. */
const entries = new Map<string, { entry: IDataObject; at: number }>();

export function remember(key: string, entry: IDataObject): void {
	forgetOld();
	entries.delete(key);
	entries.set(key, { entry, at: now() });
}

/** @param since only what was created after that, in the milliseconds of now() */
export function recall(key: string, since: number): IDataObject | undefined {
	forgetOld();
	const found = entries.get(key);
	return found !== undefined && found.at >= since ? found.entry : undefined;
}

function forgetOld(): void {
	// The oldest ones come first.
	for (const [key, { at }] of entries) {
		if (now() - at < remembered) return;
		entries.delete(key);
	}
}
