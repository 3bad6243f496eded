import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	tools?: Array<{ function: { name: string; description: string } }>;
}

/** A language model that follows a script, behind OpenAI's chat API. */
export interface ScriptedModel {
	/** What goes into an OpenAI credential as Base URL. */
	url: string;
	/** What it was asked, in order. */
	requests: ChatRequest[];
	stop(): Promise<void>;
}

/**
 * Starts a model that calls its only tool with the given arguments, and then repeats what the tool
 * answered.
 */
export async function startScriptedModel(toolArguments: object): Promise<ScriptedModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((incoming, response) => {
		void text(incoming).then((body) => {
			const request = JSON.parse(body) as ChatRequest;
			requests.push(request);
			const answer = request.messages.find(({ role }) => role === 'tool');
			const message =
				answer === undefined
					? {
							role: 'assistant',
							content: null,
							tool_calls: [
								{
									id: 'call_1',
									type: 'function',
									function: {
										name: request.tools?.[0]?.function.name,
										arguments: JSON.stringify(toolArguments),
									},
								},
							],
						}
					: { role: 'assistant', content: `The tool said: ${JSON.stringify(answer.content)}` };
			response.setHeader('content-type', 'application/json');
			response.end(
				JSON.stringify({
					id: 'chatcmpl-1',
					object: 'chat.completion',
					created: 0,
					model: 'scripted',
					choices: [
						{
							index: 0,
							message,
							finish_reason: answer === undefined ? 'tool_calls' : 'stop',
						},
					],
					usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
				}),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		requests,
		async stop() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
