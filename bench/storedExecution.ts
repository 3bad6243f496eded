/** The data of an execution as n8n stores it: a list of values that name each other by their place in it. */
export class StoredExecution {
	private readonly values: unknown[];

	/** @param stored as n8n's API gives it */
	constructor(stored: string) {
		this.values = JSON.parse(stored) as unknown[];
	}

	/**
	 * How long a node ran, in milliseconds.
	 *
	 * @throws if n8n noted none
	 */
	executionTimeOf(nodeName: string): number {
		const time = this.valueAt('resultData', 'runData', nodeName, '0', 'executionTime');
		if (typeof time !== 'number') throw new Error(`n8n noted no time for "${nodeName}"`);
		return time;
	}

	/** How many items the last try of a node handed on; none if it failed. */
	outputsOf(nodeName: string): number {
		const items = this.valueAt('resultData', 'runData', nodeName, '0', 'data', 'main', '0');
		return Array.isArray(items) ? items.length : 0;
	}

	private valueAt(...path: string[]): unknown {
		let value = this.values[0];
		for (const key of path) {
			value = (value as Record<string, unknown> | undefined | null)?.[key];
			if (typeof value === 'string') value = this.values[Number(value)];
		}
		return value;
	}
}
