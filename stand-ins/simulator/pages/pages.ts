import { lifeCycles } from '../resources';
import { pageParameters, type PagedName, type Sandbox } from '../sandbox';
import { languageOf, reasons } from './texts';
import { formPage, linkTo, nothingPage, resultPage, type Paged } from './views';

/** A request for a page. */
export interface PageRequest {
	method: string;
	url: URL;
	/** The browser's Accept-Language. */
	acceptLanguage: string | undefined;
	/** What the form sent. */
	form: URLSearchParams;
}

export interface PageAnswer {
	status: number;
	headers: Record<string, string>;
	html: string;
}

const headers = {
	'content-type': 'text/html; charset=utf-8',
	'cache-control': 'no-store',
	'referrer-policy': 'no-referrer',
	'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
};

/** Whether an address is that of a page. */
export const isPage = ({ pathname }: URL): boolean =>
	Object.keys(pageParameters).includes(pathname.slice(1));

/** The pages on which customers pay, or agree to be debited or paid: what they choose there, happens. */
export function answerPage(sandbox: Sandbox, request: PageRequest): PageAnswer {
	const { method, url, acceptLanguage, form } = request;
	sandbox.expire();
	const list = url.pathname.slice(1) as PagedName;
	const language = languageOf(url.searchParams.get('lang'), acceptLanguage);
	const entry = sandbox.lists[list].get(url.searchParams.get(pageParameters[list]) ?? '');
	if (entry === undefined) return { status: 404, headers, html: nothingPage(language, url) };
	if (method === 'POST') {
		if (isOpen(list, entry)) act(sandbox, list, entry, form);
		// What the browser loads again is the result, not the form.
		return { status: 303, headers: { ...headers, location: linkTo(url, { done: '1' }) }, html: '' };
	}
	const showsForm = isOpen(list, entry) && !url.searchParams.has('done');
	const html = showsForm
		? formPage(list, entry, sandbox.availableTypes.get(entry.id) ?? [], language, url)
		: resultPage(list, entry, language, url);
	return { status: 200, headers, html };
}

/** Whether the customer can still decide. */
const isOpen = (list: PagedName, { status }: Paged): boolean =>
	status === 'pending' || (list === 'payoutTargets' && status === 'active');

function act(
	sandbox: Sandbox,
	list: PagedName,
	{ id, status }: Paged,
	form: URLSearchParams,
): void {
	const action = form.get('action');
	if (action === 'confirm') {
		sandbox.settle(id, { status: list === 'payinLinks' ? 'approved' : 'active' });
	} else if (action === 'cancel') {
		sandbox.settle(id, { status: 'cancelled', statusMessage: 'CUSTOMER_CANCELLATION' });
	} else if (action === 'fail') {
		const isSentToBank = lifeCycles[list].next[status ?? '']?.includes('processing');
		if (isSentToBank === true) sandbox.settle(id, { status: 'processing' });
		const reason = reasons.find((known) => known === form.get('reason'));
		sandbox.settle(id, { status: 'cancelled', statusMessage: reason ?? 'ERROR' });
	}
}
