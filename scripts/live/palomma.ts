/** An answer of Palomma's. */
export interface Answer {
	status: number;
	headers: Headers;
	/** What its JSON is; empty if it is none. */
	body: Record<string, unknown>;
}

/** How long to wait for an answer, in milliseconds. */
const timeout = 30_000;

/** Palomma, asked one thing after the other and never twice: what it answers is what we want to know. */
export class Palomma {
	/** How many entries of each list it has created for us. */
	readonly created = new Map<string, number>();

	constructor(
		private readonly baseUrl: string,
		private readonly apiKey: string,
	) {}

	/** @throws if there is no answer */
	async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
		return await this.send('GET', path, undefined, headers);
	}

	/** @throws if there is no answer */
	async post(list: string, body: object): Promise<Answer> {
		const answer = await this.send('POST', `/${list}`, body);
		if (isGood(answer)) this.created.set(list, (this.created.get(list) ?? 0) + 1);
		return answer;
	}

	private async send(
		method: string,
		path: string,
		body?: object,
		headers: Record<string, string> = {},
	): Promise<Answer> {
		const answer = await fetch(this.baseUrl + path, {
			method,
			headers: {
				authorization: `Bearer ${this.apiKey}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
			// The key goes to no other host.
			redirect: 'manual',
			signal: AbortSignal.timeout(timeout),
		});
		return { status: answer.status, headers: answer.headers, body: parsed(await answer.text()) };
	}
}

export const isGood = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** The entries of a page. */
export function itemsOf({ body }: Answer): Array<Record<string, unknown>> {
	const { items } = body;
	return Array.isArray(items) ? (items as Array<Record<string, unknown>>) : [];
}

function parsed(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? { ...value } : {};
	} catch {
		return {};
	}
}
