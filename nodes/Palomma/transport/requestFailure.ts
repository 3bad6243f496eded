/** Whether a request that failed changed anything at Palomma. */
export type Effect = 'none' | 'unknown';

/** What to tell the user about the effect of a request that failed, by effect. */
export type EffectTexts = Record<Effect, string>;

/** A request that did not bring back what was asked for. Knows nothing of n8n's nodes and items. */
export class RequestFailure extends Error {
	override readonly name = 'RequestFailure';

	/**
	 * @param message what happened, in one sentence without a full stop
	 * @param advice what the user can do next
	 * @param effect whether the request may have changed something at Palomma
	 * @param httpCode status of the answer, if there was one
	 */
	constructor(
		message: string,
		readonly advice: string,
		readonly effect: Effect,
		readonly httpCode?: number,
	) {
		super(message);
	}
}
