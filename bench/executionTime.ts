/**
 * How long a node ran, in milliseconds, as n8n noted it in the data of a stored execution.
 *
 * @param stored the data as n8n stores it: a list of values that name each other by their place in it
 */
export function executionTimeOf(stored: string, nodeName: string): number {
	const values = JSON.parse(stored) as unknown[];
	let value = values[0];
	for (const key of ['resultData', 'runData', nodeName, '0', 'executionTime']) {
		value = (value as Record<string, unknown> | undefined)?.[key];
		if (typeof value === 'string') value = values[Number(value)];
	}
	if (typeof value !== 'number') throw new Error(`n8n noted no time for "${nodeName}"`);
	return value;
}
