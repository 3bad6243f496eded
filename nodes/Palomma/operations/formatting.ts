/** How many names a text has before it only counts the rest. */
export const mostNamed = 20;

/** The names with commas between them; many become "a, b, … and 5 more". */
export function joinNames(names: string[]): string {
	const rest = names.length - mostNamed;
	return names.slice(0, mostNamed).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** A value that Palomma has sent, as text; '' if it is neither text nor number. */
export function textFrom(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** With a capital at the start. */
export function capitalised(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Without accents and capitals: "José" is "jose". */
export function unaccented(text: string): string {
	return text
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '')
		.toLowerCase();
}
