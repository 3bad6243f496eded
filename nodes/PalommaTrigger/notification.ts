import type { IDataObject } from 'n8n-workflow';

import { withMeaning } from '../Palomma/operations/statusMeaning';

/** What Palomma tells: the resource as it is now, and what has happened to it. */
export interface Notification {
	/** The same for each delivery of the same notification. */
	webhookId: unknown;
	timestamp: unknown;
	eventType: string;
	/** The whole resource. */
	event: IDataObject;
}

/** What the signed text came to: a notification, or why it is none. */
export type Reading = { notification: Notification } | { refused: string };

/** Palomma's events are three levels deep; what is much deeper could exhaust those who handle it later. */
const deepest = 50;

/**
 * Reads the text that Palomma signed.
 *
 * @param signed Base64 of a JSON object
 */
export function readNotification(signed: string): Reading {
	if (!/^[\w+/-]+={0,2}$/.test(signed)) return { refused: 'X-Encoded-Data is not Base64' };
	const content = parse(Buffer.from(signed, 'base64').toString());
	if (!isObject(content)) return { refused: 'X-Encoded-Data holds no JSON object' };
	if (isTooDeep(content)) return { refused: 'X-Encoded-Data is nested too deeply' };
	const { webhookId, timestamp, eventType, event } = content;
	if (typeof eventType !== 'string' || !isObject(event)) {
		return { refused: 'X-Encoded-Data holds no event' };
	}
	return { notification: { webhookId, timestamp, eventType, event } };
}

/** Looked at level by level: recursion would be what this protects from. */
function isTooDeep(content: unknown): boolean {
	let level = [content];
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > deepest) return true;
		level = level.flatMap((value): unknown[] => (isContainer(value) ? Object.values(value) : []));
	}
	return false;
}

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is IDataObject {
	return isContainer(value) && !Array.isArray(value);
}

/**
 * What the workflow gets: the resource's own properties, as the Palomma node gives them, and beside them what has happened. Should a resource ever have
 * a property of one of those names, it is that of the notification, and the resource is there once more, as `event`.
 */
export function outputOf({ event, ...rest }: Notification): IDataObject {
	const isClear = Object.keys(rest).every((name) => !Object.hasOwn(event, name));
	return { ...withMeaning(event), ...(rest as IDataObject), ...(!isClear && { event }) };
}
