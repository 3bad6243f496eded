import axios from 'axios';

import type { Simulator } from '../../stand-ins/simulator/simulator';
import { loadContract } from './contract';

type Answer = { status: number; body: Record<string, unknown> };

export type Ask = (
	method: 'get' | 'post',
	url: string,
	data?: unknown,
	key?: string,
) => Promise<Answer>;

/** What asks a simulator, and checks its answers against the contract. */
export function asking(simulator: () => Simulator): Ask {
	const loading = loadContract();
	return async (method, url, data, key = simulator().apiKey) => {
		const { status, data: body } = await axios.request<Record<string, unknown>>({
			method,
			url: simulator().baseUrl + url,
			data,
			headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
			transformRequest: (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body)),
			validateStatus: () => true,
		});
		const contract = await loading;
		const path = url.split('?')[0] ?? '';
		const operation = contract.router.matchOperation({ method, path, headers: {} });
		const { errors } = contract.validateResponse(body, operation ?? '', status);
		expect(errors ?? []).toEqual([]);
		return { status, body };
	};
}
