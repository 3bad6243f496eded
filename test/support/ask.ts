import axios from 'axios';

import type { Documented } from '../../scripts/generate/contract';
import { startSimulator, type Simulator } from '../../stand-ins/simulator/simulator';
import { loadContract } from './contract';

interface Answer {
	status: number;
	body: Record<string, unknown>;
}

type Method = 'get' | 'post';

export type Ask = (method: Method, url: string, data?: unknown, key?: string) => Promise<Answer>;

/**
 * Starts a simulator for all tests of a file, empty before each of them.
 *
 * @returns what asks it, and checks its answers against the contract
 */
export function useSimulator(onStart: (simulator: Simulator) => void): Ask {
	let simulator: Simulator;
	let differencesIn: Awaited<ReturnType<typeof answerChecker>>;
	beforeAll(async () => {
		differencesIn = await answerChecker();
		simulator = await startSimulator();
		onStart(simulator);
	});
	afterAll(async () => await simulator.stop());
	beforeEach(() => simulator.reset());
	return async (method, url, data, key = simulator.apiKey) => {
		const { status, data: body } = await axios.request<Record<string, unknown>>({
			method,
			url: simulator.baseUrl + url,
			data,
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			transformRequest: (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body)),
			validateStatus: () => true,
		});
		const answer = { status, body };
		expect(differencesIn(method, url, Object(data) as object, answer)).toEqual([]);
		return answer;
	};
}

/** The IDs of a page. */
export const idsOf = ({ body }: Answer) =>
	(body['items'] as Array<{ id: string }>).map(({ id }) => id);

/** Reads the contract, and gives back what finds where an answer differs from it. */
async function answerChecker() {
	const contract = await loadContract({ isClosed: true });
	return (method: Method, url: string, sent: object, { status, body }: Answer): string[] => {
		const [path = ''] = url.split('?');
		const operation = contract.router.matchOperation({ method, path, headers: {} });
		const response = operation?.responses?.[status] as Documented['responses'][string] | undefined;
		if (response === undefined) return [`${method} ${path} has no answer ${status}`];
		const { errors } = contract.validateResponse(body, operation ?? '', status);
		const { properties = {} } = response.content?.['application/json']?.schema ?? {};
		const lost = Object.keys(sent).filter((name) => name in properties && !(name in body));
		return [
			...(errors ?? []).map(({ instancePath, message = '', params }) =>
				[instancePath, message, ...Object.values(params as object)].join(' ').trim(),
			),
			...(status === 200 ? lost : []).map((name) => `${name} was sent, and is not shown`),
		];
	};
}
