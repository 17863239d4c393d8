import { EncodedPacketSink, type InputVideoTrack } from 'mediabunny';

/** When the frames of a video track are shown. */
export interface VideoTiming {
  /** File time of the first frame shown, in seconds; zero of the output's timeline. */
  readonly startSeconds: number;
  /** From the first frame shown to the end of the last one, in seconds. */
  readonly durationSeconds: number;
  /** Number of frames shown. */
  readonly frameCount: number;
  /** Number of packets, including those that are decoded but never shown. */
  readonly packetCount: number;
  /** Size of all packets together, in bytes. */
  readonly sizeBytes: number;
}

/** How long a single frame is shown when the file does not say so, in seconds. */
const LONE_FRAME_SECONDS = 0.04;

/**
 * Reads the timing of every packet of a video track. Packets that end at or before zero exist only
 * to be decoded (an edit list cut them off), so they count as packets but not as frames.
 */
export async function measureVideoTiming(track: InputVideoTrack): Promise<VideoTiming> {
  let frameCount = 0;
  let packetCount = 0;
  let sizeBytes = 0;
  let first = Infinity;
  let last = 0;
  let end = 0;
  const packets = new EncodedPacketSink(track).packets(undefined, undefined, {
    metadataOnly: true,
  });
  for await (const packet of packets) {
    packetCount += 1;
    sizeBytes += packet.byteLength;
    if (!isShown(packet)) continue;
    frameCount += 1;
    first = Math.min(first, packet.timestamp);
    last = Math.max(last, packet.timestamp);
    end = Math.max(end, packet.timestamp + packet.duration);
  }
  const startSeconds = frameCount === 0 ? 0 : Math.max(0, first);
  // WEBM need not say how long the last frame is shown; then it is as long as the average frame.
  if (end === last && frameCount > 0) {
    end += frameCount > 1 ? (last - startSeconds) / (frameCount - 1) : LONE_FRAME_SECONDS;
  }
  return { startSeconds, durationSeconds: end - startSeconds, frameCount, packetCount, sizeBytes };
}

/** Whether a packet or frame is shown at all: it starts at or after zero, or lasts beyond it. */
export function isShown(item: { readonly timestamp: number; readonly duration: number }): boolean {
  // A microsecond absorbs the rounding of time stamps.
  return item.timestamp > -1e-6 || item.timestamp + item.duration > 1e-6;
}
