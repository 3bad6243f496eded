import type { Mode } from './audit';
import { kindOf, type FaultName } from '../../stand-ins/simulator/faultKinds';

/** Which items a fault befalls, by their place among all. */
export const positions = {
	'one row': (index: number, count: number) => index === Math.floor(count / 2),
	'every 50th row': (index: number) => index % 50 === 49,
	'from the middle on': (index: number, count: number) => index >= count / 2,
	'all rows': () => true,
	'the last row': (index: number, count: number) => index === count - 1,
};

export type Position = keyof typeof positions;

/** A run with a fault. */
export interface Case {
	mode: Mode;
	fault: FaultName;
	/** Which requests of an item the fault befalls; its creations, if left out. */
	befalls?: 'creation' | 'look-up';
	/** Whether it befalls all of these, or the first one only. */
	lasts: boolean;
	position: Position;
	rows: number;
	concurrency: number;
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retries: number;
}

/** What must become of an item. */
export interface Fate {
	isStored: boolean;
	says: 'customer' | 'there is none' | 'there may be one';
	/** How many times it is sent. */
	sent: number;
}

const good: Fate = { isStored: true, says: 'customer', sent: 1 };

/** What must become of one item that a fault befalls. */
export function expectation(given: Case): Fate {
	const { mode, fault, befalls, lasts, retries } = given;
	const { tells, passes, afterEffect = false, effectLater } = kindOf(fault);
	const isStored = afterEffect || effectLater !== undefined;
	if (tells === 'fine') return good;
	const isOvercome = passes && !lasts && !isInVain(given);
	if (befalls === 'look-up') {
		return isOvercome ? good : { isStored: false, says: 'there is none', sent: 0 };
	}
	const sent = passes && !isPutAsideInVain(given) ? 1 + (lasts ? retries : 1) : 1;
	if (tells === 'refused') {
		return isOvercome ? { ...good, sent } : { isStored: false, says: 'there is none', sent };
	}
	// Whoever cannot look whether there is a customer must not send it again.
	if (mode === 'createAnother') return { isStored, says: 'there may be one', sent: 1 };
	if (isStored && !isPutAsideInVain(given)) return good;
	return isOvercome ? { ...good, sent } : { isStored, says: 'there may be one', sent };
}

/** Whether an item waits, after its answer was lost, until the others are done. */
export function isPutAside({ mode, fault, befalls, retries }: Case): boolean {
	const { tells, passes, afterEffect } = kindOf(fault);
	const isInDoubt = tells === 'unclear' && passes && !afterEffect;
	return isInDoubt && befalls !== 'look-up' && mode !== 'createAnother' && retries > 0;
}

/** The run is over before it is sent again. */
function isPutAsideInVain(given: Case): boolean {
	return isPutAside(given) && isInVain(given);
}

/** Whether it becomes clear in a run that sending more would be in vain: then the rest is not sent. */
export function isInVain({ fault, befalls, lasts, position, mode, rows }: Case): boolean {
	const { tells, passes, isAnswer, concernsAll, isWebPage, afterEffect } = kindOf(fault);
	if (concernsAll) return true;
	// The first answer of all: nothing tells that Palomma is there.
	if (isWebPage && befalls === 'look-up' && rows === 1) return true;
	const isUnanswered = tells === 'unclear' && !isAnswer;
	// Who is not found at once after a lost answer is put aside, which counts like no answer.
	const isOvercome =
		mode !== 'createAnother' && (befalls === 'look-up' ? passes && !lasts : afterEffect);
	return isUnanswered && !isOvercome && position === 'all rows' && rows > 3;
}

/** What must become of every item of a run that goes on after a failure. */
export function expectations(given: Case): Fate[] {
	return Array.from({ length: given.rows }, (_, index) =>
		positions[given.position](index, given.rows) ? expectation(given) : good,
	);
}
