import { fork, type ChildProcess } from 'node:child_process';

/** What a helper can be asked to do, by name. Input and answer are plain JSON. */
type Tasks = Record<string, (input: never) => unknown>;

interface Question {
	name: string;
	input: unknown;
}

type Reply = { answer: unknown } | { error: string };

/** A part of the benchmark in a process of its own, so that its work does not count against n8n's. */
export class HelperProcess<Offered extends Tasks> {
	private readonly child: ChildProcess;

	/** @param file TypeScript file that calls `offer` */
	constructor(file: string) {
		this.child = fork(file);
	}

	/** Asks for one thing; the next only after the answer. */
	async ask<Name extends keyof Offered & string>(
		name: Name,
		...[input]: Parameters<Offered[Name]>
	): Promise<Awaited<ReturnType<Offered[Name]>>> {
		const { child } = this;
		const reply = await new Promise<Reply>((resolve, reject) => {
			const ended = () => reject(new Error('A part of the benchmark ended before it answered'));
			child.once('exit', ended);
			child.once('message', (message) => {
				child.off('exit', ended);
				resolve(message as Reply);
			});
			child.send({ name, input } satisfies Question);
		});
		if ('error' in reply) throw new Error(reply.error);
		return reply.answer as Awaited<ReturnType<Offered[Name]>>;
	}

	stop(): void {
		this.child.kill();
	}
}

/** Called in the helper's file: answers what it is asked. */
export function offer(tasks: Tasks): void {
	process.on('message', ({ name, input }: Question) => {
		const task = tasks[name] as ((input: unknown) => unknown) | undefined;
		const send = (reply: Reply) => process.send?.(reply);
		Promise.resolve(input)
			.then(task)
			.then(
				(answer) => send({ answer }),
				(error: unknown) => send({ error: String(error) }),
			);
	});
	// Never left alone, should the benchmark be cut off.
	process.once('disconnect', () => process.exit());
}
