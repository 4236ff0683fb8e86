# Attachments

act-attachment-added = File attached
act-attachment-removed = File taken back
