    try {
      return await client.chat.completions.create(request);
    } catch (error) {
      const message =/* error instanceof Error ? error.message : String(error);
      const isSignedOut = /unauthorized|invalid token|401/i.test(message);
      if (attempt === 0 && isSignedOut) {