# Findings and corrective actions

act-finding-raised = Finding raised
