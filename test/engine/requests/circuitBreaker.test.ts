import type * as Module from '../../../nodes/Palomma/transport/circuitBreaker';
import type * as FailureModule from '../../../nodes/Palomma/transport/requestFailure';
import { built } from '../../support/workflow';

const { CircuitBreaker } = built<typeof Module>('Palomma/transport/circuitBreaker');
const { RequestFailure } = built<typeof FailureModule>('Palomma/transport/requestFailure');

const failure = (details: Partial<FailureModule.FailureDetails> = {}) =>
	new RequestFailure('No answer', 'Wait.', { effect: 'unknown', ...details });

let asked = 0;
const answers = async () => (asked += 1);
const isSilent = async () => {
	asked += 1;
	throw failure();
};
const refusing = (details: object) => async () => {
	asked += 1;
	throw failure(details);
};
beforeEach(() => (asked = 0));

const breakerFor = (concurrency = 10, ask: () => Promise<unknown> = answers) =>
	new CircuitBreaker(concurrency, false, ask);

const halfOpen = () => new CircuitBreaker(10, true, answers);

/** A good answer to a request. */
function answer(breaker: Module.CircuitBreaker): void {
	breaker.requestStarts();
	breaker.requestEnded();
}

/** An item comes to its end by a good answer. */
function answered(breaker: Module.CircuitBreaker, end: Module.ItemEnd): void {
	answer(breaker);
	breaker.itemEnded(end);
}

const change = { onlyRead: false, startedAt: 0 };
const read = { onlyRead: true, startedAt: 0 };
const silent = { ...change, failure: failure() };

/** Items come to their end in the same way. */
function endedAll(breaker: Module.CircuitBreaker, count: number, end: Module.ItemEnd): void {
	for (let ended = 0; ended < count; ended += 1) breaker.itemEnded(end);
}

describe('items in a row without an answer', () => {
	it.each([
		[1, 3],
		[2, 3],
		[3, 3],
		[7, 7],
		[10, 10],
		[50, 10],
	])('%i in flight: after %i of them, nothing more is sent', (concurrency, most) => {
		const breaker = breakerFor(concurrency);
		for (let ended = 1; ended < most; ended += 1) {
			breaker.itemEnded(silent);
			expect(breaker.isOpen).toBe(false);
			// As many as are needed to know, and no more.
			expect(breaker.itemLimit()).toBe(Math.min(concurrency, most - ended));
		}
		breaker.itemEnded(silent);
		expect(breaker.isOpen).toBe(true);
		expect(() => breaker.throwIfOpen()).toThrow(
			`This item was not sent: ${most} items in a row got no usable answer (No answer)`,
		);
	});

	it.each([
		['a customer', change],
		['a refusal', { ...change, failure: failure({ effect: 'none', httpCode: 400 }) }],
	])('%s in between starts the count anew', (_, end) => {
		const breaker = breakerFor(3);
		for (let round = 0; round < 10; round += 1) {
			endedAll(breaker, 2, silent);
			answered(breaker, end);
		}
		expect(breaker.isOpen).toBe(false);
		expect(breaker.itemLimit()).toBe(3);
	});

	it('does not end the run at once if others were answered meanwhile: one more tells, alone', () => {
		for (const [end, isEnd] of [
			[change, false],
			[{ ...silent, startedAt: Infinity }, true],
		] as const) {
			const breaker = breakerFor(3);
			answered(breaker, change);
			endedAll(breaker, 3, silent);
			expect(breaker.isOpen).toBe(false);
			expect(breaker.itemLimit()).toBe(1);
			if (!isEnd) answer(breaker);
			breaker.itemEnded(end);
			expect(breaker.isOpen).toBe(isEnd);
			expect(breaker.itemLimit()).toBe(3);
		}
	});

	it('is not ended by rows that were under way before that one', () => {
		const breaker = breakerFor(3);
		answered(breaker, change);
		endedAll(breaker, 4, silent);
		expect(breaker.isOpen).toBe(false);
		expect(breaker.itemLimit()).toBe(1);
	});

	it('an item that was put aside counts once, and keeps no place from others like it', () => {
		const breaker = breakerFor(3);
		const [first, second] = [{}, {}];
		for (let round = 0; round < 5; round += 1) {
			breaker.itemEnded({ ...silent, item: first });
			breaker.itemEnded({ ...silent, item: second });
		}
		expect(breaker.isOpen).toBe(false);
		expect([breaker.itemLimit(first), breaker.itemLimit({}), breaker.itemLimit()]).toEqual([
			3, 1, 1,
		]);
		breaker.itemEnded({ ...silent, item: {} });
		expect(breaker.isOpen).toBe(true);
	});

	it('an item that was put aside counts again once others were answered', () => {
		const breaker = breakerFor(3);
		const items = [{}, {}, {}];
		for (const item of items.slice(1)) breaker.itemEnded({ ...silent, item });
		answered(breaker, change);
		for (const item of items) {
			expect(breaker.isOpen).toBe(false);
			expect(breaker.itemLimit(item)).not.toBe(0);
			breaker.itemEnded({ ...silent, startedAt: Infinity, item });
		}
		expect(breaker.isOpen).toBe(true);
	});

	it('an item that asked for nothing, as it was known, tells nothing', () => {
		const breaker = breakerFor(3);
		answered(breaker, change);
		for (let round = 0; round < 3; round += 1) {
			expect(breaker.isOpen).toBe(false);
			breaker.itemEnded({ ...silent, startedAt: Infinity });
			breaker.itemEnded({ ...change, startedAt: Infinity });
		}
		expect(breaker.isOpen).toBe(true);
	});

	it('ends the run at once if the last answer came before them', () => {
		const breaker = breakerFor(3);
		answered(breaker, change);
		endedAll(breaker, 3, { ...silent, startedAt: Infinity });
		expect(breaker.isOpen).toBe(true);
	});

	it('a look-up that is answered does not start the count of creations anew', () => {
		const breaker = breakerFor(3);
		for (let round = 0; round < 3; round += 1) {
			answered(breaker, read);
			breaker.itemEnded(silent);
		}
		expect(breaker.isOpen).toBe(true);
	});

	it.each([
		['reads', read, true],
		['changes', change, false],
	])('of %s: whether look-ups are in vain, too', (_, end, isInVain) => {
		const breaker = breakerFor(3);
		breaker.throwIfReadsAreInVain();
		endedAll(breaker, 3, { ...end, failure: failure() });
		expect(breaker.isOpen).toBe(true);
		const ask = () => breaker.throwIfReadsAreInVain();
		if (isInVain) expect(ask).toThrow('This item was not sent');
		else expect(ask).not.toThrow();
	});

	it('counts reads, too', () => {
		const breaker = breakerFor(3);
		const silentRead = { ...read, failure: failure(), startedAt: Infinity };
		endedAll(breaker, 2, silentRead);
		answered(breaker, read);
		for (let round = 0; round < 3; round += 1) {
			expect(breaker.isOpen).toBe(false);
			breaker.itemEnded(silentRead);
		}
		expect(breaker.isOpen).toBe(true);
	});
});

describe('items in a row answered with 5xx', () => {
	const stumble = (breaker: Module.CircuitBreaker) =>
		endedAll(breaker, 3, { ...change, failure: failure({ httpCode: 500 }) });

	it('are what Palomma stumbles over, if it answers otherwise', async () => {
		const breaker = breakerFor(3);
		stumble(breaker);
		expect(breaker.isOpen).toBe(false);
		await Promise.all([breaker.verifyIfSuspected(), breaker.verifyIfSuspected()]);
		expect(asked).toBe(1);
		expect(breaker.isOpen).toBe(false);
		expect(breaker.itemLimit()).toBe(3);
		await breaker.verifyIfSuspected();
		expect(asked).toBe(1);
	});

	it.each([
		['it does not', isSilent],
		['somebody in front of it refuses', refusing({ effect: 'none', httpCode: 403 })],
	])('are the end of the run, if %s', async (_, ask) => {
		const breaker = breakerFor(3, ask);
		stumble(breaker);
		await breaker.verifyIfSuspected();
		expect(breaker.isOpen).toBe(true);
		await breaker.verifyIfSuspected();
		expect(asked).toBe(1);
	});
});

describe('an answer that says something about all requests', () => {
	const refused = failure({ scope: 'stop', httpCode: 401 });
	const webPage = failure({ scope: 'verify', httpCode: 200 });

	it('ends the run at once if nothing else can be answered', async () => {
		const breaker = breakerFor();
		answer(breaker);
		breaker.requestStarts();
		breaker.requestEnded(refused);
		expect(breaker.isOpen).toBe(true);
		await breaker.verifyIfSuspected();
		expect(asked).toBe(0);
		// Whatever comes in after that.
		breaker.itemEnded(silent);
		expect(() => breaker.throwIfOpen()).toThrow('This item was not sent: No answer');
	});

	it('ends the run if Palomma has never answered', async () => {
		const breaker = breakerFor();
		breaker.requestStarts();
		breaker.requestEnded(webPage);
		await breaker.verifyIfSuspected();
		expect(breaker.isOpen).toBe(true);
		expect(asked).toBe(0);
	});

	it.each([
		['is forgotten if one of those is answered', undefined, false],
		['is forgotten if one of those is refused', failure({ effect: 'none', httpCode: 400 }), false],
		['ends the run if none of those is answered', webPage, true],
	])('with others under way, %s', async (_, end, isEnd) => {
		for (const hasAnswered of [true, false]) {
			const breaker = breakerFor();
			if (hasAnswered) answer(breaker);
			for (let count = 0; count < 3; count += 1) breaker.requestStarts();
			breaker.requestEnded(webPage);
			const doubt = breaker.verifyIfSuspected();
			breaker.requestEnded(webPage);
			expect(breaker.isOpen).toBe(false);
			breaker.requestEnded(end);
			await doubt;
			expect(breaker.isOpen).toBe(isEnd);
			expect(asked).toBe(0);
		}
	});

	it.each([
		['answered', answers, false],
		['refused by somebody who is there', refusing({ effect: 'none', httpCode: 403 }), false],
		['refused for all', refusing({ effect: 'none', httpCode: 401, scope: 'stop' }), true],
		['not answered', isSilent, true],
	])('with nothing else under way, it is checked by one read: %s', async (_, ask, isEnd) => {
		const breaker = breakerFor(10, ask);
		answer(breaker);
		breaker.requestStarts();
		breaker.requestEnded(webPage);
		expect(breaker.isOpen).toBe(false);
		expect(breaker.itemLimit()).toBe(10);
		await Promise.all([breaker.verifyIfSuspected(), breaker.verifyIfSuspected()]);
		expect(asked).toBe(1);
		expect(breaker.isOpen).toBe(isEnd);
	});

	it('is checked by one read, whatever others get, if it may be about one item', async () => {
		const breaker = breakerFor();
		breaker.requestStarts();
		breaker.requestStarts();
		breaker.requestEnded(failure({ effect: 'none', httpCode: 404, scope: 'ask' }));
		await breaker.verifyIfSuspected();
		expect([asked, breaker.isOpen]).toEqual([1, false]);
	});

	it('is checked by one read if those under way get no answer at all', async () => {
		const breaker = breakerFor();
		answer(breaker);
		for (let count = 0; count < 2; count += 1) breaker.requestStarts();
		breaker.requestEnded(webPage);
		const doubt = breaker.verifyIfSuspected();
		breaker.requestEnded(failure());
		await doubt;
		expect(asked).toBe(1);
		expect(breaker.isOpen).toBe(false);
	});

	it('is ignored if it concerns only its own request', async () => {
		const breaker = breakerFor();
		breaker.requestStarts();
		breaker.requestEnded(failure({ httpCode: 500 }));
		await breaker.verifyIfSuspected();
		expect(breaker.isOpen).toBe(false);
	});
});

describe('after a try that was in vain', () => {
	it('one item goes first, alone; if it is answered, all others follow', () => {
		const breaker = halfOpen();
		expect(breaker.itemLimit()).toBe(1);
		answered(breaker, change);
		expect(breaker.itemLimit()).toBe(10);
	});

	it('an item that asked for nothing does not go first', () => {
		const breaker = halfOpen();
		breaker.itemEnded(change);
		expect(breaker.itemLimit()).toBe(1);
	});

	it('one item without an answer is enough', () => {
		const breaker = halfOpen();
		breaker.itemEnded(silent);
		expect(() => breaker.throwIfOpen()).toThrow('This item was not sent: No answer');
		expect(breaker.itemLimit()).toBe(10);
	});
});
