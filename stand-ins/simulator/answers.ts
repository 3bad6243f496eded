import type { ServerResponse } from 'node:http';

import type { Answer } from './api';
import type { FaultyAnswer } from './faults';
import type { PageAnswer } from './pages/pages';

/** Sends a proper answer of the API. */
export function sendJson(response: ServerResponse, { status, body }: Answer): void {
	response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
	response.end(JSON.stringify(body));
}

export function sendPage(response: ServerResponse, { status, headers, html }: PageAnswer): void {
	response.writeHead(status, headers);
	response.end(html);
}

/** Sends what goes wrong. */
export function misbehave(answer: FaultyAnswer, response: ServerResponse): void {
	if (answer === 'hang') return;
	if (answer === 'drop') {
		response.destroy();
		return;
	}
	if (answer === 'drip') {
		response.writeHead(200, { 'content-type': 'application/json' });
		const dripping = setInterval(() => response.write(' '), 20);
		response.once('close', () => clearInterval(dripping));
		return;
	}
	if (answer === 'stall' || answer === 'cut') {
		response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
		response.write('{', () => {
			if (answer === 'cut') response.destroy();
		});
		return;
	}
	const { status, headers, body = '' } = answer;
	const isText = typeof body === 'string';
	response.writeHead(status, {
		'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8',
		...headers,
	});
	response.end(isText ? body : JSON.stringify(body));
}
