import type { IDataObject } from 'n8n-workflow';

/** A parameter has a value that cannot be sent. The message names the field; the value itself only where it should be one of a few words. */
export class ValueProblem extends Error {
	override readonly name = 'ValueProblem';

	/**
	 * @param message what is wrong, in one sentence without a full stop
	 * @param advice what the user can do next, in words that fit any field
	 */
	constructor(
		message: string,
		readonly advice: string,
		/** Of an item that has the problem: what else could be read of it. */
		readonly known: IDataObject = {},
	) {
		super(message);
	}
}

/** Goes through several values and tells the problems of all of them at once. */
export class ProblemCollector {
	private readonly problems: ValueProblem[] = [];

	/** @returns what `read` returns; undefined if that was a problem */
	attempt<Value>(read: () => Value): Value | undefined {
		try {
			return read();
		} catch (error) {
			this.problems.push(problemIn(error));
			return undefined;
		}
	}

	/**
	 * @param known what could be read of the item
	 * @throws ValueProblem that names every problem, and gives each piece of advice once
	 */
	throwIfAny(known: IDataObject = {}): void {
		if (this.problems.length === 0) return;
		const messages = this.problems.map(({ message }) => message);
		const advice = new Set(this.problems.map((problem) => problem.advice));
		throw new ValueProblem(messages.join('. '), [...advice].join(' '), known);
	}
}

/** @throws anything else than a problem with a value */
function problemIn(error: unknown): ValueProblem {
	if (error instanceof ValueProblem) return error;
	throw error;
}
