// The one place that knows how long anything may take.

/** Milliseconds. Generous, since a machine that tests may also be building. */
export const LIMITS = {
	/** From starting a process until it serves RPC. */
	start: 120_000,
	/** From a signal until the process is gone. */
	stop: 30_000,
	/** From opening a connection until the metadata is decoded. */
	connect: 30_000,
	/** From sending a transaction, or subscribing to heads, until finality gets there. */
	finality: 120_000,
	/** Until a new era begins on a chain with short sessions, at half of its speed. */
	era: 300_000,
	/** Until every validator knows all the others. */
	peers: 120_000,
} as const;

/** What `work` comes to, or an error that names the limit and what was waited for. */
export async function within<T>(
	limit: keyof typeof LIMITS,
	what: string,
	work: Promise<T>,
): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		const error = new Error(`${what}: not within the limit "${limit}", ${LIMITS[limit]} ms`);
		timer = setTimeout(() => reject(error), LIMITS[limit]);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
