import { Eta } from 'eta';

import type { Entries } from '../entries';
import type { PagedName } from '../sandbox';
import { reasons, texts, type Language } from './texts';

/** An entry that has a page. */
export type Paged = Entries[PagedName];

/** How long a result is shown before the browser goes back to the shop. */
const secondsOfResult = 6;

const eta = new Eta({ views: __dirname, cache: true });

const pesos = new Intl.NumberFormat('es-CO', {
	style: 'currency',
	currency: 'COP',
	maximumFractionDigits: 0,
});

/** The same page with other values in its query. */
export function linkTo(url: URL, values: Record<string, string>): string {
	const query = new URLSearchParams(url.searchParams);
	for (const [name, value] of Object.entries(values)) query.set(name, value);
	return `${url.pathname}?${query.toString()}`;
}

/** The page on which the customer decides. */
export function formPage(
	list: PagedName,
	entry: Paged,
	methods: string[],
	language: Language,
	url: URL,
): string {
	const words = texts[language];
	const wording = words[list];
	const facts: Array<[string, string | undefined]> = [
		[words.amount, amountOf(entry)],
		[words.description, entry.description],
		[words.customer, entry.customerDetails?.name],
		[words.reference, entry.reference],
	];
	return eta.render('./form', {
		...frame(language, url),
		title: wording.title,
		wording,
		facts: facts.filter(([, value]) => value !== undefined),
		methods,
		reasons,
	});
}

/** The page that tells what has come of it, and leads back to the shop. */
export function resultPage(list: PagedName, entry: Paged, language: Language, url: URL): string {
	const words = texts[language];
	const { status, statusMessage = '', redirectUrl } = entry;
	const data = { ...frame(language, url), redirectUrl };
	if (status === 'cancelled') {
		const title = { CUSTOMER_CANCELLATION: words.cancelled, EXPIRED: words.expired }[statusMessage];
		return eta.render('./result', {
			...data,
			title: title ?? words.failed,
			lines: title === undefined ? [words.reasons[statusMessage] ?? statusMessage] : [],
		});
	}
	const isDone = status === 'approved' || status === 'active';
	const lines = [amountOf(entry) ?? entry.customerDetails?.name];
	return isDone
		? eta.render('./result', { ...data, title: words[list].done, lines })
		: eta.render('./result', {
				...frame(language, url),
				title: words[list].title,
				lines: [words.processing],
			});
}

/** The page of nothing. */
export function nothingPage(language: Language, url: URL): string {
	const data = { ...frame(language, url), title: texts[language].notFound, lines: [] };
	return eta.render('./result', data);
}

/** What is around every page. */
function frame(language: Language, url: URL) {
	const otherLanguage = language === 'es' ? 'en' : 'es';
	return {
		language,
		otherLanguage,
		otherLanguageUrl: linkTo(url, { lang: otherLanguage }),
		texts: texts[language],
		secondsOfResult,
		redirectUrl: undefined,
	};
}

const amountOf = (entry: Paged): string | undefined =>
	'amount' in entry && entry.amount !== undefined ? pesos.format(entry.amount) : undefined;
