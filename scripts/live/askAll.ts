import { Invention } from './invention';
import { Palomma } from './palomma';
import { created, NotAsked, type Check, type Question } from './question';
import { accountQuestions } from './questions/accounts';
import { customerQuestions } from './questions/customers';
import { linkQuestions } from './questions/links';
import { listQuestions } from './questions/lists';
import type { Finding } from './report';
import { toldBy } from './told';

/** Everything that Palomma's documents leave open. The lists come last, when there is something in them. */
export const questions: Question[] = [
	...customerQuestions,
	...linkQuestions,
	...accountQuestions,
	...listQuestions,
];

export interface AskOptions {
	baseUrl: string;
	apiKey: string;
	/** How long to look for what should come up, in milliseconds. */
	patience: number;
	/** Called with each answer. */
	onAnswer?: (finding: Finding) => void;
}

/** Palomma refuses the API key. */
export class KeyRefused extends Error {}

/**
 * Asks Palomma everything, one question after the other.
 *
 * @throws KeyRefused before anything is created; or if there is no answer to the first request
 */
export async function askAll({ baseUrl, apiKey, patience, onAnswer }: AskOptions) {
	const palomma = new Palomma(baseUrl, apiKey);
	const { status } = await palomma.get('/customers?limit=1');
	if (status === 401 || status === 403) throw new KeyRefused(`Palomma refuses the key: ${status}.`);
	const check = checkOf(palomma, apiKey, patience);
	const findings: Finding[] = [];
	for (const { about, question, ask } of questions) {
		const finding = { about, question, answer: await answerOf(ask, check) };
		findings.push(finding);
		onAnswer?.(finding);
	}
	return { findings, created: palomma.created };
}

/** One question without an answer does not keep the others. */
async function answerOf(ask: Question['ask'], check: Check): Promise<string> {
	try {
		return await ask(check);
	} catch (error) {
		// What else an error says may name hosts or quote the request.
		return error instanceof NotAsked ? error.message : 'not asked: no answer';
	}
}

function checkOf(palomma: Palomma, apiKey: string, patience: number): Check {
	const invention = new Invention();
	let customer: Promise<string> | undefined;
	const check: Check = {
		palomma,
		invention,
		patience,
		async customerId() {
			customer ??= (async () =>
				created(await palomma.post('customers', invention.customer()), check).id)();
			return await customer;
		},
		async linkWith(changes) {
			const body = { ...invention.link(await check.customerId()), ...changes };
			return await palomma.post('payinLinks', body);
		},
		told: (answer) => toldBy(answer, apiKey),
	};
	return check;
}
