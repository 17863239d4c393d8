import type { Parameter } from './parameter.gen.js';

/**
 * Every parameter of `VideoInferenceTask`, in the order of the document, each before those that are
 * inside it.
 */
export const parameters: readonly Parameter[] = [
{
  "path": [
    "model"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Model",
  "description": "Identifier of the model to use for generation.",
  "choices": [
    {
      "value": "sync:lipsync@3"
    }
  ],
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "model.required",
    "model.type",
    "model.const"
  ]
},
{
  "path": [
    "inputs"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Inputs",
  "description": "The unified payload wrapper for complex media assets dictating image, video or audio inference constraints.",
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "inputs.required",
    "inputs.type",
    "inputs.additionalProperties"
  ]
},
{
  "path": [
    "inputs",
    "video"
  ],
  "type": "string",
  "isMedia": true,
  "isDeprecated": false,
  "title": "Video",
  "description": "Video input (UUID or URL).",
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "inputs.video.required",
    "inputs.video.type",
    "inputs.video.anyOf"
  ]
},
{
  "path": [
    "inputs",
    "audio"
  ],
  "type": "string",
  "isMedia": true,
  "isDeprecated": false,
  "title": "Audio",
  "description": "Audio input (UUID or URL).",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "inputs.audio.type",
    "inputs.audio.anyOf"
  ]
},
{
  "path": [
    "speech"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Speech",
  "description": "Settings for speech generation.",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "speech.type",
    "speech.additionalProperties"
  ]
},
{
  "path": [
    "speech",
    "text"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Speech Text",
  "description": "Text to convert to speech.",
  "minLength": 1,
  "maxLength": 5000,
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "speech.text.required",
    "speech.text.type",
    "speech.text.minLength",
    "speech.text.maxLength"
  ]
},
{
  "path": [
    "speech",
    "voice"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Voice",
  "description": "Voice identifier to use. Set to `auto` for automatic selection.",
  "default": "auto",
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "speech.voice.required",
    "speech.voice.type"
  ]
},
{
  "path": [
    "settings"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Settings",
  "description": "Global inference settings.",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.type",
    "settings.additionalProperties"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Active Speaker Detection",
  "description": "Speaker-targeting for multi-person clips.",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.type",
    "settings.activeSpeakerDetection.additionalProperties"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "autoDetect"
  ],
  "type": "boolean",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Auto Detect",
  "description": "Automatically detect and target the active speaker.",
  "default": false,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.autoDetect.type"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "boundingBoxes"
  ],
  "type": "array",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Bounding Boxes",
  "description": "Per-frame face bounding boxes across the clip. Each box is [x1, y1, x2, y2].",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.boundingBoxes.type"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "boundingBoxes",
    "[]"
  ],
  "type": "array",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Bounding Box",
  "description": "A face in one frame, [x1, y1, x2, y2], in pixels.",
  "minItems": 4,
  "maxItems": 4,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.boundingBoxes[].type",
    "settings.activeSpeakerDetection.boundingBoxes[].minItems",
    "settings.activeSpeakerDetection.boundingBoxes[].maxItems"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "boundingBoxes",
    "[]",
    "[]"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.boundingBoxes[][].type"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "coordinates"
  ],
  "type": "array",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Coordinates",
  "description": "[x, y] point on the target speaker's face in the selected frame.",
  "minItems": 2,
  "maxItems": 2,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.coordinates.type",
    "settings.activeSpeakerDetection.coordinates.minItems",
    "settings.activeSpeakerDetection.coordinates.maxItems"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "coordinates",
    "[]"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.coordinates[].type"
  ]
},
{
  "path": [
    "settings",
    "activeSpeakerDetection",
    "frameNumber"
  ],
  "type": "integer",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Frame Number",
  "description": "Frame index corresponding to the provided face coordinates.",
  "minimum": 0,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.activeSpeakerDetection.frameNumber.type",
    "settings.activeSpeakerDetection.frameNumber.minimum"
  ]
},
{
  "path": [
    "settings",
    "segments"
  ],
  "type": "array",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Segments",
  "description": "Time segments with audio sources for segmented lip sync workflows.",
  "minItems": 1,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.segments.type",
    "settings.segments.minItems"
  ]
},
{
  "path": [
    "settings",
    "segments",
    "[]"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Segment",
  "description": "Segment configuration with audio.",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.segments[].type",
    "settings.segments[].additionalProperties"
  ]
},
{
  "path": [
    "settings",
    "segments",
    "[]",
    "startTime"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "description": "Start time in seconds for the segment.",
  "minimum": 0,
  "multipleOf": 0.01,
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "settings.segments[].startTime.required",
    "settings.segments[].startTime.type",
    "settings.segments[].startTime.minimum",
    "settings.segments[].startTime.multipleOf"
  ]
},
{
  "path": [
    "settings",
    "segments",
    "[]",
    "endTime"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "description": "End time in seconds for the segment. Must be greater than startTime.",
  "exclusiveMinimum": 0,
  "multipleOf": 0.01,
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "settings.segments[].endTime.required",
    "settings.segments[].endTime.type",
    "settings.segments[].endTime.exclusiveMinimum",
    "settings.segments[].endTime.multipleOf"
  ]
},
{
  "path": [
    "settings",
    "segments",
    "[]",
    "audio"
  ],
  "type": "string",
  "isMedia": true,
  "isDeprecated": false,
  "title": "Audio",
  "description": "Audio source URL for this segment.",
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "settings.segments[].audio.required",
    "settings.segments[].audio.type",
    "settings.segments[].audio.anyOf"
  ]
},
{
  "path": [
    "settings",
    "segments",
    "[]",
    "audioStartTime"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "description": "Start time in seconds within the source audio file.",
  "default": 0,
  "minimum": 0,
  "multipleOf": 0.01,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.segments[].audioStartTime.type",
    "settings.segments[].audioStartTime.minimum",
    "settings.segments[].audioStartTime.multipleOf"
  ]
},
{
  "path": [
    "settings",
    "segments",
    "[]",
    "audioEndTime"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "description": "End time in seconds within the source audio file.",
  "minimum": 0,
  "multipleOf": 0.01,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.segments[].audioEndTime.type",
    "settings.segments[].audioEndTime.minimum",
    "settings.segments[].audioEndTime.multipleOf"
  ]
},
{
  "path": [
    "settings",
    "syncMode"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Sync Mode",
  "description": "Synchronization strategy when audio and video durations don't match.",
  "default": "cut_off",
  "choices": [
    {
      "value": "bounce",
      "description": "Audio bounces back and forth to fill video duration."
    },
    {
      "value": "cut_off",
      "description": "Audio is cut when video ends."
    },
    {
      "value": "silence",
      "description": "Remaining video plays with silence after audio ends."
    },
    {
      "value": "remap",
      "description": "Audio is time-stretched or compressed to match video duration."
    }
  ],
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.syncMode.type",
    "settings.syncMode.oneOf"
  ]
},
{
  "path": [
    "settings",
    "tts"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "TTS Provider Settings",
  "description": "Configuration for the text-to-speech provider used with speech input.",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.tts.type",
    "settings.tts.additionalProperties"
  ]
},
{
  "path": [
    "settings",
    "tts",
    "provider"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "TTS Provider",
  "description": "Name of the TTS provider.",
  "default": "elevenlabs",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.tts.provider.type"
  ]
},
{
  "path": [
    "settings",
    "tts",
    "stability"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Stability",
  "description": "Voice stability for the TTS provider. Higher values produce more consistent output.",
  "minimum": 0,
  "maximum": 1,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.tts.stability.type",
    "settings.tts.stability.minimum",
    "settings.tts.stability.maximum"
  ]
},
{
  "path": [
    "settings",
    "tts",
    "similarityBoost"
  ],
  "type": "number",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Similarity Boost",
  "description": "Voice similarity enforcement for the TTS provider. Higher values make the voice more closely match the target.",
  "minimum": 0,
  "maximum": 1,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "settings.tts.similarityBoost.type",
    "settings.tts.similarityBoost.minimum",
    "settings.tts.similarityBoost.maximum"
  ]
},
{
  "path": [
    "taskType"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Task Type",
  "description": "Identifier for the type of task being performed",
  "choices": [
    {
      "value": "videoInference"
    }
  ],
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "taskType.required",
    "taskType.type",
    "taskType.const"
  ]
},
{
  "path": [
    "taskUUID"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Task UUID",
  "description": "UUID v4 identifier for tracking tasks and matching async responses. Must be unique per task.",
  "format": "uuid",
  "isRequired": true,
  "isNullable": false,
  "rules": [
    "taskUUID.required",
    "taskUUID.type",
    "taskUUID.format"
  ]
},
{
  "path": [
    "webhookURL"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Webhook URL",
  "description": "Specifies a webhook URL where JSON responses will be sent via HTTP POST when generation tasks complete. For batch requests with multiple results, each completed item triggers a separate webhook call as it becomes available.",
  "format": "uri",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "webhookURL.type",
    "webhookURL.format"
  ]
},
{
  "path": [
    "includeCost"
  ],
  "type": "boolean",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Include Cost",
  "description": "Include task cost in the response.",
  "default": false,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "includeCost.type"
  ]
},
{
  "path": [
    "numberResults"
  ],
  "type": "integer",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Number of Results",
  "description": "Number of results to generate. Each result uses a different seed, producing variations of the same parameters.",
  "default": 1,
  "minimum": 1,
  "maximum": 20,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "numberResults.type",
    "numberResults.minimum",
    "numberResults.maximum"
  ]
},
{
  "path": [
    "uploadEndpoint"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Upload Endpoint",
  "description": "Specifies a URL where the generated content will be automatically uploaded using the HTTP PUT method. The raw binary data of the media file is sent directly as the request body. For secure uploads to cloud storage, use presigned URLs that include temporary authentication credentials.\n\n**Common use cases:**\n\n- **Cloud storage**: Upload directly to S3 buckets, Google Cloud Storage, or Azure Blob Storage using presigned URLs.\n- **CDN integration**: Upload to content delivery networks for immediate distribution.\n\n```text\n// S3 presigned URL for secure upload\nhttps://your-bucket.s3.amazonaws.com/generated/content.mp4?X-Amz-Signature=abc123&X-Amz-Expires=3600\n\n// Google Cloud Storage presigned URL\nhttps://storage.googleapis.com/your-bucket/content.jpg?X-Goog-Signature=xyz789\n\n// Custom storage endpoint\nhttps://storage.example.com/uploads/generated-image.jpg\n```\n\nThe content data will be sent as the request body to the specified URL when generation is complete.\n\n[Read full documentation](https://runware.ai/docs/models/sync-3#uploadEndpoint)",
  "format": "uri",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "uploadEndpoint.type",
    "uploadEndpoint.format"
  ]
},
{
  "path": [
    "ttl"
  ],
  "type": "integer",
  "isMedia": false,
  "isDeprecated": false,
  "title": "TTL",
  "description": "Time-to-live (TTL) in seconds for generated content. Only applies when `outputType` is `URL`.",
  "minimum": 60,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "ttl.type",
    "ttl.minimum"
  ]
},
{
  "path": [
    "outputType"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Output Type",
  "description": "Video output type.",
  "default": "URL",
  "choices": [
    {
      "value": "URL"
    }
  ],
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "outputType.type",
    "outputType.enum"
  ]
},
{
  "path": [
    "outputFormat"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Output Format",
  "description": "Specifies the file format of the generated output. The available values depend on the task type and the specific model's capabilities.\n\n- \\`JPG\\`: Best for photorealistic images with smaller file sizes (no transparency).\n- \\`PNG\\`: Lossless compression, supports high quality and transparency (alpha channel).\n- \\`WEBP\\`: Modern format providing superior compression and transparency support.\n- \\`MP4\\`: Widely supported video container (H.264), recommended for general use.\n- \\`WEBM\\`: Optimized for web delivery.\n- \\`MOV\\`: QuickTime format, common in professional workflows (Apple ecosystem).\n- \\`GIF\\`: Animated image format (no audio), suitable for short loops or previews.\n- \\`MP3\\`: Compressed audio, smaller file size.\n- \\`WAV\\`: Uncompressed, high-quality audio.\n- \\`FLAC\\`: Lossless compression.\n- \\`SVG\\`: Scalable Vector Graphics.\n- \\`TIFF\\`: High-quality output supporting layers.\n\n> [!NOTE]\n> \\*\\*Transparency\\*\\*: If you are using features like background removal or LayerDiffuse that require transparency, you must select a format that supports an alpha channel (e.g., \\`PNG\\`, \\`WEBP\\`, \\`TIFF\\`). \\`JPG\\` does not support transparency.\n\n[Read full documentation](https://runware.ai/docs/models/sync-3#outputFormat)",
  "default": "MP4",
  "choices": [
    {
      "value": "MP4"
    },
    {
      "value": "WEBM"
    },
    {
      "value": "MOV"
    }
  ],
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "outputFormat.type",
    "outputFormat.enum"
  ]
},
{
  "path": [
    "outputQuality"
  ],
  "type": "integer",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Output Quality",
  "description": "Compression quality of the output. Higher values preserve quality but increase file size.",
  "default": 95,
  "minimum": 20,
  "maximum": 99,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "outputQuality.type",
    "outputQuality.minimum",
    "outputQuality.maximum"
  ]
},
{
  "path": [
    "deliveryMethod"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Delivery Method",
  "description": "Determines how the API delivers task results.",
  "default": "async",
  "choices": [
    {
      "value": "async",
      "description": "Returns an immediate acknowledgment with the task UUID. Poll for results using getResponse. Required for long-running tasks like video generation."
    }
  ],
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "deliveryMethod.type",
    "deliveryMethod.oneOf"
  ]
},
{
  "path": [
    "safety"
  ],
  "type": "object",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Safety Settings",
  "description": "Content safety checking configuration for video generation.",
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "safety.type",
    "safety.additionalProperties"
  ]
},
{
  "path": [
    "safety",
    "checkContent"
  ],
  "type": "boolean",
  "isMedia": false,
  "isDeprecated": false,
  "title": "Check Content",
  "description": "Enable or disable content safety checking. When enabled, defaults to `fast` mode.",
  "default": false,
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "safety.checkContent.type"
  ]
},
{
  "path": [
    "safety",
    "mode"
  ],
  "type": "string",
  "isMedia": false,
  "isDeprecated": false,
  "description": "Safety checking mode for video generation.",
  "default": "none",
  "choices": [
    {
      "value": "none",
      "title": "None",
      "description": "Disables checking."
    },
    {
      "value": "fast",
      "title": "Fast",
      "description": "Checks key frames."
    },
    {
      "value": "full",
      "title": "Full",
      "description": "Checks all frames."
    }
  ],
  "isRequired": false,
  "isNullable": false,
  "rules": [
    "safety.mode.type",
    "safety.mode.oneOf"
  ]
},
];

/** The names of the parameters that take a media UUID or the URL of a file. */
export type MediaName = "inputs.video" | "inputs.audio" | "settings.segments[].audio";

/** The names of the parameters that take a URL, but no media. */
export type UrlName = "webhookURL" | "uploadEndpoint";
