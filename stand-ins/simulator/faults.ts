import type { IncomingHttpHeaders } from 'node:http';

/** A request as it arrived. */
export interface RecordedRequest {
	method: string;
	/** Path and query. */
	url: string;
	headers: IncomingHttpHeaders;
	/** Raw header names and values, as they were on the wire. */
	rawHeaders: string[];
	/** Raw body. */
	body: string;
}

export const isCreation = ({ method }: RecordedRequest) => method === 'POST';
export const isLookUp = ({ method }: RecordedRequest) => method === 'GET';

/** What goes out instead of the proper answer. */
export type FaultyAnswer =
	/** Any answer: its text, or an object sent as JSON. */
	| { status: number; headers?: Record<string, string>; body?: string | object }
	/** The connection is cut without an answer. */
	| 'drop'
	/** Nothing is ever sent. */
	| 'hang'
	/** The headers of a good answer arrive, its body never does. */
	| 'stall'
	/** The same, and then the connection is cut. */
	| 'cut'
	/** The answer comes a byte at a time, and never ends. */
	| 'drip';

/** One thing that goes wrong. */
export interface Fault {
	/** What goes out; the proper answer, if left out. */
	answer?: FaultyAnswer | undefined;
	/** How many milliseconds later than usual. */
	late?: number;
	/** Which requests it befalls; all, if left out. */
	when?: (request: RecordedRequest) => boolean;
	/** How many of them, the first ones; all, if left out. */
	times?: number;
	/** Whether the request takes effect all the same, so that only its answer is lost. Default: no. */
	afterEffect?: boolean;
	/** After how many milliseconds the request takes effect, whatever was answered: it was still on its way. */
	effectLater?: number | undefined;
}

/** The faults that are switched on. */
export class Faults {
	private active: Fault[] = [];

	add(fault: Fault): void {
		this.active.push({ ...fault });
	}

	clear(): void {
		this.active = [];
	}

	/** The fault that befalls a request, which uses it up by one. */
	take(request: RecordedRequest): Fault | undefined {
		const fault = this.active.find(
			({ when, times }) => times !== 0 && (when === undefined || when(request)),
		);
		if (fault?.times !== undefined) fault.times -= 1;
		return fault;
	}
}
