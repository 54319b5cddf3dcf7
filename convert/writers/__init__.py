"""Writers only read an `Issue`; each is a plug-in registered by entry point (see `convert.plugins.Writer`)."""
