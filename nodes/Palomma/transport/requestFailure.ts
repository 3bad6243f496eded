/** Whether a request that failed changed anything at Palomma. */
export type Effect = 'none' | 'unknown';

/** What is known about a request that failed, beside the words for it. */
export interface FailureDetails {
	effect: Effect;
	/** Status of the answer, if there was one. */
	httpCode?: number | undefined;
	/** Whether the same request may well succeed a little later. Default: no. */
	isTransient?: boolean | undefined;
	/** Milliseconds that the server asks to be left alone. */
	retryAfter?: number | undefined;
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
		private readonly details: FailureDetails,
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

	/** The same failure of a repetition: what the request before it did is not known for certain. */
	inDoubt(): RequestFailure {
		return new RequestFailure(this.message, this.advice, { ...this.details, effect: 'unknown' });
	}

	/** The same failure of a request that only reads, and so can have changed nothing. */
	ofRead(): RequestFailure {
		return new RequestFailure(this.message, this.advice, { ...this.details, effect: 'none' });
	}
}
