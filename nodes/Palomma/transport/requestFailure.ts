/** Whether a request that failed changed anything at Palomma; `told` - its message says what. */
export type Effect = 'none' | 'unknown' | 'told';

/**
 * What a failure says about all other requests: `stop` - they would fail, too (the key is refused, or this is not
 * Palomma); `verify` - they may, which those under way tell, or one read of the list; `ask` - they may, which only that
 * read tells.
 */
export type Scope = 'stop' | 'verify' | 'ask';

/** What is known about a request that failed, beside the words for it. */
export interface FailureDetails {
	effect: Effect;
	/** Status of the answer, if there was one. */
	httpCode?: number | undefined;
	/** Whether the same request may well succeed a little later. Default: no. */
	isTransient?: boolean | undefined;
	/** Milliseconds that the server asks to be left alone. */
	retryAfter?: number | undefined;
	/** Left out if the failure concerns this request only. */
	scope?: Scope | undefined;
	/** Whether the request only reads. Default: no. */
	isRead?: boolean | undefined;
	/** Whether there was no request at all. Default: no. */
	isUnsent?: boolean | undefined;
	/** Whether Palomma is there and has answered, whatever the status. */
	isAnswer?: boolean | undefined;
	/** Whether the breaker has counted the item already. */
	isCounted?: boolean | undefined;
}

/** A request that did not bring back what was asked for. Knows nothing of n8n's nodes and items. */
export class RequestFailure extends Error {
	override readonly name = 'RequestFailure';

	/**
	 * @param message what happened, in one sentence without a full stop
	 * @param advice what the user can do next
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly details: Readonly<FailureDetails>,
	) {
		super(message);
	}

	get effect(): Effect {
		return this.details.effect;
	}

	get httpCode(): number | undefined {
		return this.details.httpCode;
	}

	get isTransient(): boolean {
		return this.details.isTransient ?? false;
	}

	get retryAfter(): number | undefined {
		return this.details.retryAfter;
	}

	/** Whether Palomma is there and has said what is wrong with the request: a status from 400 to 499. */
	get isAnswer(): boolean {
		const { httpCode = 0, isAnswer = httpCode >= 400 && httpCode < 500 } = this.details;
		return isAnswer;
	}

	/** The same failure, with more known about it. */
	with(details: Partial<FailureDetails>): RequestFailure {
		return new RequestFailure(this.message, this.advice, { ...this.details, ...details });
	}
}

/** A request was not sent, because nobody waits for it any more: the run stops, or was canceled. */
export class NotSent extends Error {
	override readonly name = 'NotSent';
}
