/** What a resource locator holds: its mode and its value; a bare value counts as an ID. */
export function locatorValue(value: unknown): { mode?: string; value: unknown } {
	const isLocator = typeof value === 'object' && value !== null && 'value' in value;
	return isLocator ? value : { value };
}
