/** How many names a text has before it only counts the rest. */
export const mostNamed = 20;

/** The names with commas between them; many become "a, b, … and 5 more". */
export function listed(names: string[]): string {
	const rest = names.length - mostNamed;
	return names.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
