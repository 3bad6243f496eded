import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface ChatRequest {
	messages: Array<{ role: string; content: unknown }>;
	/** Whether the answer is to come as a stream, as n8n 1.x wants it. */
	stream?: boolean;
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
 * Starts a model that calls its only tool with the given arguments, once for each of them, and then repeats what the
 * tool answered.
 */
export async function startScriptedModel(toolArguments: object | object[]): Promise<ScriptedModel> {
	const calls = [toolArguments].flat();
	const requests: ChatRequest[] = [];
	const server = createServer((incoming, response) => {
		void text(incoming).then((body) => {
			const request = JSON.parse(body) as ChatRequest;
			requests.push(request);
			const answers = request.messages.filter(({ role }) => role === 'tool');
			const isCalling = answers.length < calls.length;
			const message = isCalling
				? {
						role: 'assistant',
						content: null,
						tool_calls: [
							{
								index: 0,
								id: `call_${answers.length + 1}`,
								type: 'function',
								function: {
									name: request.tools?.[0]?.function.name,
									arguments: JSON.stringify(calls[answers.length]),
								},
							},
						],
					}
				: {
						role: 'assistant',
						content: `The tool said: ${answers.map(({ content }) => JSON.stringify(content)).join(' ')}`,
					};
			const isStream = request.stream === true;
			const answer = JSON.stringify({
				id: 'chatcmpl-1',
				object: isStream ? 'chat.completion.chunk' : 'chat.completion',
				created: 0,
				model: 'scripted',
				choices: [
					{
						index: 0,
						[isStream ? 'delta' : 'message']: message,
						finish_reason: isCalling ? 'tool_calls' : 'stop',
					},
				],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
			response.setHeader('content-type', isStream ? 'text/event-stream' : 'application/json');
			response.end(isStream ? `data: ${answer}\n\ndata: [DONE]\n\n` : answer);
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
