import type { Fault } from './faults';

/** A kind of fault, and what the node can know when it befalls a creation. */
export interface FaultKind extends Pick<Fault, 'answer' | 'late' | 'afterEffect' | 'effectLater'> {
	/**
	 * `fine`: a good answer comes in the end; `refused`: for certain, nothing was stored; `unclear`: the answer
	 * is lost, or says nothing about it.
	 */
	tells: 'fine' | 'refused' | 'unclear';
	/** Whether the same request may succeed when it is repeated. */
	passes: boolean;
	/** Whether every other request would fare the same: nothing more is sent. */
	concernsAll?: boolean;
	/** Whether it is an answer of Palomma, or of a server in trouble that answers other requests. */
	isAnswer?: boolean;
	/** Whether somebody else seems to have answered. */
	isWebPage?: boolean;
}

const message = (text: string) => ({ message: text });
/** A path of the simulator, so that a request that follows a redirect is seen. */
const elsewhere = { location: '/v0/elsewhere' };
const webPage = { status: 200, body: '<!doctype html><title>Log in</title>' };

/** What is lost on the way may have been stored before, or not. */
const unclear = (answer: Fault['answer'], passes = true): FaultKind => ({
	answer,
	tells: 'unclear',
	passes,
});
const stored = (kind: FaultKind): FaultKind => ({ ...kind, afterEffect: true });
const refused = (answer: Fault['answer'], passes = false): FaultKind => ({
	answer,
	tells: 'refused',
	passes,
});
const tooMany = (headers: Record<string, string> = {}) =>
	refused({ status: 429, headers, body: message('Too many requests.') }, true);

const failing = { ...unclear({ status: 500, body: message('Internal error.') }), isAnswer: true };
const dropped = unclear('drop');
const cut = unclear('cut');
const stalled = unclear('stall');
const hanging = unclear('hang');
const page = { ...unclear(webPage), isWebPage: true };
const empty = unclear({ status: 200, body: '' });
const seeOther = {
	...unclear({ status: 302, headers: elsewhere, body: '' }, false),
	concernsAll: true,
};

/** All that can happen to a request. */
export const faultKinds = {
	'400': refused({ status: 400, body: message('Document number is not valid.') }),
	'401': { ...refused({ status: 401, body: message('Unauthorized.') }), concernsAll: true },
	'429': tooMany(),
	'429 with Retry-After in seconds': tooMany({ 'retry-after': '0' }),
	// A moment that has gone by: the wait is what is tested elsewhere, not here.
	'429 with Retry-After as a date': tooMany({ 'retry-after': new Date(0).toUTCString() }),
	'500 before storing': failing,
	'500 after storing': stored(failing),
	'503 with Retry-After, after storing': stored({
		...unclear({ status: 503, headers: { 'retry-after': '0' }, body: '' }),
		isAnswer: true,
	}),
	'connection dropped before storing': dropped,
	'connection dropped after storing': stored(dropped),
	// Later than the look-up that follows at once, and long before the node is certain.
	'connection dropped, stored a little later': { ...dropped, effectLater: 15 },
	'answer cut off before storing': cut,
	'answer cut off after storing': stored(cut),
	'answer stalled after storing': stored(stalled),
	'hang before storing': hanging,
	'hang after storing': stored(hanging),
	'web page with 200, before storing': page,
	'web page with 200, after storing': stored(page),
	'empty body before storing': empty,
	'empty body after storing': stored(empty),
	'redirect 302 before storing': seeOther,
	'redirect 302 after storing': stored(seeOther),
	'redirect 307': {
		...refused({ status: 307, headers: elsewhere, body: '' }),
		concernsAll: true,
	},
	slow: { late: 40, tells: 'fine', passes: true },
} satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof faultKinds;

export const faultNames = Object.keys(faultKinds) as FaultName[];

export const kindOf = (name: FaultName): FaultKind => faultKinds[name];

/** Whether nothing comes until the node gives up. */
export const isSilent = (name: FaultName) => /hang|stalled/.test(name);
