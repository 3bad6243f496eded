import { everyKind, type EventKind } from './eventKinds';
import type { Notification } from './notification';

/** What has been chosen in a field of the node. */
export type Chosen = (parameter: string) => unknown;

/**
 * Why a notification starts nothing, or undefined if it does. An empty choice of statuses is all of them; a status that
 * is not known today passes only then, as a kind of event that is not known passes only with All Events.
 */
export function reasonToIgnore(
	{ eventType, event }: Notification,
	kinds: EventKind[],
	chosen: Chosen,
): string | undefined {
	const events = listOf(chosen('events'));
	if (!events.includes(everyKind) && !events.includes(eventType)) {
		return 'events of its kind are not chosen';
	}
	const { statuses } = kinds.find(({ value }) => value === eventType) ?? {};
	const wanted = statuses === undefined ? [] : listOf(chosen(statuses.parameter));
	return wanted.length === 0 || wanted.includes(event['status'])
		? undefined
		: 'its status is not chosen';
}

/** An expression in the field may give one value alone. */
function listOf(value: unknown): unknown[] {
	return [value].flat().filter((one) => one !== undefined && one !== '');
}
