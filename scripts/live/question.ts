import type { Bodies } from '../../stand-ins/simulator/entries';
import type { Invention } from './invention';
import { isGood, type Answer, type Palomma } from './palomma';

/** What the questions have in common. */
export interface Check {
	palomma: Palomma;
	invention: Invention;
	/** How long to look for what should come up, in milliseconds. */
	patience: number;
	/** ID of a customer of our own. */
	customerId: () => Promise<string>;
	/** A payin link of that customer that should be fine, with these changes. */
	linkWith: (changes: Partial<Record<keyof Bodies['payinLinks'], unknown>>) => Promise<Answer>;
	/** A status and what was said beside it, without anything personal. */
	told: (answer: Answer) => string;
}

/** Something that Palomma's documents leave open. */
export interface Question {
	/** The part of the API that it is about. */
	about: string;
	question: string;
	/** Asks Palomma, and gives back the answer in a few words, without the key and without personal data. */
	ask: (check: Check) => Promise<string>;
}

/** Palomma did not do what a question builds on. */
export class NotAsked extends Error {}

/** @throws NotAsked if Palomma refused it */
export function created(answer: Answer, check: Check): Answer['body'] & { id: string } {
	const { id } = answer.body;
	if (!isGood(answer) || typeof id !== 'string') {
		throw new NotAsked(`not asked: a create was answered with ${check.told(answer)}`);
	}
	return { ...answer.body, id };
}
