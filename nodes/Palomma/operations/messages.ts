import { capitalised } from './formatting';
import type { Resource } from './operation';

/** The words in which a create tells what has become of an item. */
export interface CreateMessages {
	/** Its label in the node panel. */
	action: string;
	one: string;
	many: string;
	/** Begins the sum of a run. */
	title: string;
	/** If it is certain that there is none. */
	noEffect: string;
	/** If that is not certain. */
	unknownEffect: string;
	/** Begins the list of what a stopped run has created. */
	traceTitle: string;
}

export function createMessages(resource: Resource): CreateMessages {
	const { one, many } = resource;
	return {
		action: actionOf('Create a', one, resource),
		one,
		many,
		title: capitalised(many),
		noEffect: `No ${one} was created for this item.`,
		unknownEffect: `The ${one} may or may not have been created`,
		traceTitle: `${capitalised(many)} were created for`,
	};
}

/** What to do about what was created without looking for others. */
export const findOrLeaveOut =
	'Before you run the workflow again, set If Reference Exists to Return Existing, so that those with a reference are found. Leave out those without, or they are created twice.';

/** What to do about what was created, if nothing would find it. */
export const leaveThemOut =
	'Leave these items out when you run the workflow again, or they are created twice.';

/** The label of an operation in the node panel, which finds it by its words only. */
export function actionOf(verb: string, what: string, { alsoCalled, many }: Resource): string {
	if (alsoCalled === undefined) return `${verb} ${what}`;
	return `${verb} ${what} (${alsoCalled}${what === many ? 's' : ''})`;
}
